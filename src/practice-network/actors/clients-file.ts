import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ClientRecord } from './client-record.ts';

const FILE = 'clients.json';

/** Everything kept of the simulated clients. `genesisHash` binds them to their network. */
const SavedClients = z.strictObject({
  version: z.literal(1),
  genesisHash: z.string(),
  nextNumber: z.number().int().min(0),
  clients: z.array(ClientRecord),
});
export type SavedClients = z.infer<typeof SavedClients>;

export type ClientsFile = ReturnType<typeof openClientsFile>;

/**
 * The simulated clients on disk, in the network's folder; replaced as a whole at every change.
 *
 * @param options - `announce` is told in words when the file could not be read and was kept aside
 */
export function openClientsFile(options: { folder: string; now: () => number; announce: (notice: string) => void }) {
  const path = join(options.folder, FILE);
  return {
    /** What was saved, `undefined` when there is nothing that can be read. */
    load(): SavedClients | undefined {
      if (!existsSync(path)) return undefined;
      try {
        return SavedClients.parse(JSON.parse(readFileSync(path, 'utf8')));
      } catch {
        const aside = `${FILE}.damaged-${options.now()}`;
        renameSync(path, join(options.folder, aside));
        options.announce(`The simulated clients could not be read and are gone; their file was kept as ${aside}.`);
        return undefined;
      }
    },
    save(saved: SavedClients): void {
      mkdirSync(options.folder, { recursive: true, mode: 0o700 });
      const temporary = `${path}.new`;
      writeFileSync(temporary, JSON.stringify(saved), { mode: 0o600 });
      renameSync(temporary, path);
    },
  };
}
