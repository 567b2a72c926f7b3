import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function runHandlers({ rewards, runs }: Services): Group<'runs'> {
  return {
    list: () => runs.list(),
    read: ({ runId }) => runs.read(runId),
    async dump({ runId }) {
      return { json: await runs.dump(runId) };
    },
    treasury: ({ runId }) => rewards.treasury(runId),
    saveDump: ({ runId }) => runs.saveDump(runId),
    async dumpUser({ runId, user }) {
      return { json: await runs.dumpUser(runId, user) };
    },
    saveUserDump: ({ runId, user }) => runs.saveUserDump(runId, user),
    async configText({ runId }) {
      return { text: await runs.configText(runId) };
    },
  };
}
