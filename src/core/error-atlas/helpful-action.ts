import type { HelpfulAction, Place } from '#core/operations/place.ts';
import type { Help } from './atlas-entry.ts';

type OfRun = (runId: string) => HelpfulAction;

const toRun =
  (
    label: string,
    kind: 'run' | 'update-configuration' | 'set-rates' | 'top-up' | 'close-run' | 'tick' | 'can-join',
  ): OfRun =>
  (runId) => ({ label, place: { kind, runId } });

const RUN_PLACES: Partial<Readonly<Record<Help, OfRun>>> = {
  run: toRun('Open the run', 'run'),
  'update-configuration': toRun('Check the configuration', 'update-configuration'),
  'set-rates': toRun('Set rates', 'set-rates'),
  'top-up': toRun('Top up', 'top-up'),
  'close-run': toRun('Close the run', 'close-run'),
  tick: toRun('Advance the run', 'tick'),
  'can-join': toRun('Who can join this run', 'can-join'),
  pause: (runId) => ({ label: 'Pause the run', place: { kind: 'set-paused', runId, paused: true } }),
  resume: (runId) => ({ label: 'Start or resume the run', place: { kind: 'set-paused', runId, paused: false } }),
};

const OTHER_PLACES: Partial<Readonly<Record<Help, { label: string; place: Place }>>> = {
  'create-run': { label: 'Create a run', place: { kind: 'create-run' } },
  'who-may-join': { label: 'Who may join', place: { kind: 'who-may-join' } },
  authorizations: { label: 'Authorizations', place: { kind: 'authorizations' } },
  signers: { label: 'Signers', place: { kind: 'signers' } },
  networks: { label: 'Networks', place: { kind: 'networks' } },
};

/** The place that helps, as a button; places of a run only when it is known which run. */
export function helpfulAction(help: Help, runId: string | undefined): HelpfulAction | undefined {
  const ofRun = RUN_PLACES[help];
  if (ofRun !== undefined) return runId === undefined ? undefined : ofRun(runId);
  return OTHER_PLACES[help];
}
