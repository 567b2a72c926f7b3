import type { FilledForm } from '#core/command-line/filled-form.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { Screen } from '#renderer/lib/navigation.tsx';

/** Where a form opens, and what the button says. */
export type FormPlace = { readonly screen: Screen; readonly button: string };

const OPEN = 'Open the filled form';

/** Whether a form is about one run: without its id there is nothing to open. */
export function needsRunId(form: FilledForm): form is Extract<FilledForm, { runId: string }> {
  return form.kind !== 'create-run' && 'runId' in form;
}

/** The screen that does what a command does, filled with what the command said. */
export function placeOfForm(form: FilledForm): FormPlace {
  switch (form.kind) {
    case 'create-run':
      return { screen: { kind: 'create-run', filled: form }, button: OPEN };
    case 'update-configuration':
      return { screen: { kind: 'update-configuration', runId: form.runId, filled: form }, button: OPEN };
    case 'set-paused':
      return { screen: { kind: 'set-paused', runId: form.runId, paused: form.paused, filled: form }, button: OPEN };
    case 'set-rates':
      return { screen: { kind: 'set-rates', runId: form.runId, filled: form }, button: OPEN };
    case 'top-up':
      return { screen: { kind: 'top-up', runId: form.runId, filled: form }, button: OPEN };
    case 'claim-rewards':
      return { screen: { kind: 'claim-rewards', runId: form.runId, user: '' }, button: OPEN };
    case 'checkpoint':
      return { screen: { kind: 'checkpoint', runId: form.runId, filled: form }, button: OPEN };
    case 'tick':
      return { screen: { kind: 'tick', runId: form.runId, filled: form }, button: OPEN };
    case 'close-run':
      return { screen: { kind: 'close-run', runId: form.runId, filled: form }, button: OPEN };
    case 'allow-to-join':
    case 'allow-many':
      return { screen: { kind: 'who-may-join', filled: form }, button: OPEN };
    case 'set-delegates':
      return {
        screen: { kind: 'set-delegates', grantor: form.grantor ?? '', grantee: '', filled: form },
        button: OPEN,
      };
    case 'set-authorization-active':
      // The command takes the join authority from its wallet: the form asks for it.
      return {
        screen: { kind: 'set-authorization-active', grantor: '', grantee: granteeOf(form), active: form.active },
        button: OPEN,
      };
    case 'list-authorizations':
      return { screen: { kind: 'authorizations', filled: form }, button: 'Open the authorizations' };
    case 'can-join':
      return { screen: { kind: 'can-join', runId: form.runId, filled: form }, button: 'Check it' };
    case 'dump-run':
    case 'dump-user':
      return { screen: { kind: 'run', runId: form.runId, filled: form }, button: 'Open the dump' };
    case 'list-runs':
      return { screen: { kind: 'runs' }, button: 'Open the runs' };
  }
}

function granteeOf({ who, address }: Extract<FilledForm, { kind: 'set-authorization-active' }>): string {
  return who === 'anyone' ? SYSTEM_PROGRAM : (address ?? '');
}
