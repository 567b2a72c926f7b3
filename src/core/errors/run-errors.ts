import { defineErrors } from './define-errors.ts';

export const runErrors = defineErrors({
  'run/not-found': ({ runId }: { runId: string }) => ({
    happened: `There is no run “${runId}” on this network`,
    remedy: 'Check the spelling (capitals count), the network and its program ids',
  }),
  'run/account-missing': ({ runId, account }: { runId: string; account: string }) => ({
    happened: `Run “${runId}” points to the account ${account}, which does not hold a run`,
    remedy: 'Read it again; if it stays so, look at the address in the inspector',
  }),
  'run/closed': (_: Record<string, never>) => ({
    happened: 'The account this run names does not exist',
    remedy:
      'Look at the run’s address in the inspector; a run that was closed is gone from the list at the next reading',
  }),
  'plan/lapsed': (_: Record<string, never>) => ({
    happened: 'The time in which these bytes can land is nearly over',
    remedy: 'Review again; nothing was signed',
  }),
  'plan/nothing-to-do': (_: Record<string, never>) => ({
    happened: 'There is nothing to send: the chain already says what you ask for',
    remedy: 'Change something in the form, or leave it as it is',
  }),
  'plan/unknown': (_: Record<string, never>) => ({
    happened: 'This plan is no longer open',
    remedy: 'Open the form again: steps that are done already are left out',
  }),
  'plan/blocked': ({ reason }: { reason: string }) => ({
    happened: `It cannot be signed now: ${reason}`,
    remedy: 'Solve that, then review again',
  }),
  'plan/phrase': ({ phrase }: { phrase: string }) => ({
    happened: 'The phrase was not typed as shown',
    remedy: `Type “${phrase}” to go on`,
  }),
  'plan/stale': (_: Record<string, never>) => ({
    happened: 'The chain changed since this review, so these bytes are no longer what you asked for',
    remedy: 'Review again; nothing was signed',
  }),
  'plan/declined': (_: Record<string, never>) => ({
    happened: 'You declined in the confirmation window',
    remedy: 'Nothing was signed. Approve again when you are ready',
  }),
});
