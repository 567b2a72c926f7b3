import { isAppError } from '#core/errors/app-error.ts';
import { coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { RUN_ID_MAX_BYTES } from '#core/layouts/programs.ts';
import type { Clock } from '#core/ports.ts';
import { type Address, parseAddress } from '#core/solana/address.ts';
import type { Connections } from './connections.ts';

type Candidate = { readonly what: string; readonly address: Address; readonly runId?: string };

export type Inspector = ReturnType<typeof createInspector>;

/** Says what a pasted text is: an address, or a run id. */
export function createInspector({ connections, clock }: { connections: Connections; clock: Clock }) {
  return {
    /** An address before a run id: a text can be both, and an address is the rarer accident. */
    async look(text: string) {
      const { node, profile } = connections.current();
      const candidates = candidatesFor(text.trim(), profile.programs.coordinator);
      if (candidates.length === 0) return { kind: 'unrecognised' as const, reason: reasonFor(text.trim()) };
      const { slot, accounts } = await node.readAccounts(candidates.map(({ address }) => address));
      const index = accounts.findIndex((account) => account !== undefined);
      const account = accounts[index];
      if (!account) {
        return { kind: 'nothing' as const, slot, tried: candidates.map(({ what, address }) => ({ what, address })) };
      }
      const runId = candidates[index]?.runId;
      return {
        kind: 'account' as const,
        address: account.address,
        owner: account.owner,
        executable: account.executable,
        lamports: account.lamports,
        rentFloor: await node.readRentFloor(account.data.length),
        slot,
        readAt: clock.now(),
        data: account.data,
        ...(runId === undefined ? {} : { runId }),
      };
    },
  };
}

function candidatesFor(text: string, coordinator: Address): Candidate[] {
  const found: Candidate[] = [];
  const address = addressIn(text);
  if (address) found.push({ what: 'Account at this address', address });
  if (text !== '' && new TextEncoder().encode(text).length <= RUN_ID_MAX_BYTES) {
    const instance = coordinatorInstanceAddress(text, coordinator).address;
    found.push({ what: `Run “${text}”`, address: instance, runId: text });
  }
  return found;
}

function addressIn(text: string): Address | undefined {
  try {
    return parseAddress(text);
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return undefined;
  }
}

function reasonFor(text: string): string {
  if (text === '') return 'Paste an address or a run id';
  const bytes = new TextEncoder().encode(text).length;
  return `This is neither an address (32 bytes in base58) nor a run id (it has ${bytes} bytes, at most ${RUN_ID_MAX_BYTES} fit)`;
}
