import type { FilledForm } from '#core/command-line/filled-form.ts';
import { formatCount } from '#renderer/lib/durations.ts';

/** What a command does, in the words of the app. */
export function formWords(form: FilledForm): string {
  switch (form.kind) {
    case 'create-run':
      return form.isRewarded ? 'Create a run with rewards' : 'Create a run';
    case 'update-configuration':
      return 'Update the configuration of a run';
    case 'set-paused':
      return form.paused ? 'Pause a run' : 'Start or resume a run';
    case 'set-rates':
      return 'Set the rates of the next epochs';
    case 'top-up':
      return 'Top up a treasury';
    case 'claim-rewards':
      return 'Claim rewards';
    case 'checkpoint':
      return 'Record a checkpoint';
    case 'tick':
      return 'Tick a run';
    case 'close-run':
      return 'Close a run';
    case 'allow-to-join':
      return form.who === 'anyone' ? 'Let anyone join' : 'Let one user join';
    case 'allow-many':
      return `Let ${formatCount(form.users.length)} users join`;
    case 'set-delegates':
      return 'Set the delegates of a user';
    case 'set-authorization-active':
      return form.active ? 'Reactivate an authorization' : 'Deactivate an authorization';
    case 'list-authorizations':
      return 'Look at authorizations';
    case 'can-join':
      return 'Check whether a client can join';
    case 'dump-run':
      return 'Dump a run as JSON';
    case 'dump-user':
      return 'Dump one client of a run as JSON';
    case 'list-runs':
      return 'List the runs';
  }
}
