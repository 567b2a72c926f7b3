import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { ProgramIds } from '#core/networks/profile.ts';
import { useNetworks } from './queries.ts';

/** The programs of the network that is chosen. */
export function useProgramIds(): ProgramIds {
  const networks = useNetworks().data;
  return networks?.profiles.find(({ id }) => id === networks.activeId)?.programs ?? DEFAULT_PROGRAM_IDS;
}
