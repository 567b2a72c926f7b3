import type { Group } from './handlers-of-group.ts';
import type { Services } from './services.ts';

export function networkHandlers({ approvals, cliImport, connections, deployedPrograms }: Services): Group<'networks'> {
  return {
    list: () => connections.list(),
    save: (profile) => connections.save(profile),
    async remove({ id }) {
      await connections.remove(id);
      return {};
    },
    activate({ id }) {
      approvals.forget();
      return connections.activate(id);
    },
    test: (profile) => connections.test(profile),
    importCliConfig: () => cliImport.importCliConfig(),
    status: () => connections.status(),
    programs: () => deployedPrograms.view(),
    acceptProgram: (shown) => deployedPrograms.accept(shown),
  };
}
