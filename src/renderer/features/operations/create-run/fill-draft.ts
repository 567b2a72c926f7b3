import type { FilledOf } from '#core/command-line/filled-form.ts';
import { addressError } from '../address-error.ts';
import type { CreateDraft } from './draft.ts';

type Filled = FilledOf<'create-run'>;

/**
 * Lays a pasted command over a draft. Who may join, the name and the configuration stay: the command line has commands of their
 * own for them. Without a configuration the run is created without one, as the command does.
 */
export function fillDraft(draft: CreateDraft, filled: Filled): CreateDraft {
  const { runId, clientVersion, joinAuthority, mint = '', treasurerIndex = '', isRewarded = false } = filled;
  const isKnown = joinAuthority !== undefined && addressError(joinAuthority) === undefined;
  return {
    ...draft,
    step: 'who',
    runId: runId ?? draft.runId,
    clientVersion: clientVersion ?? draft.clientVersion,
    signers: isKnown ? { ...draft.signers, joinAuthority } : draft.signers,
    rewards: isRewarded
      ? { ...draft.rewards, isOn: true, mint, treasurerIndex, funder: draft.rewards.funder || draft.signers.payer }
      : { ...draft.rewards, isOn: false },
    configLater: draft.configLater || draft.configText.trim() === '',
  };
}

const used = new WeakSet<Filled>();

/** Whether a pasted command has filled the form before: coming back to the form finds what was typed since. */
export function wasUsed(filled: Filled): boolean {
  return used.has(filled);
}

export function markUsed(filled: Filled): void {
  used.add(filled);
}
