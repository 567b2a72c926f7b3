import { BLOCKHASHES_ADDRESS, nonceAddress, nonceAfter } from '#core/nonces/nonce-account.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { recentBlockhashesAccount } from '#practice/chain/recent-blockhashes.ts';
import type { StoredAccount } from '#practice/runtime/accounts.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { NONCE_RENT, nonceAccount } from '#test/practice/nonce-desk.ts';
import { PEOPLE } from './people.ts';
import type { World } from './world.ts';
import { BLOCKHASH } from './world-chain.ts';

/** The nonce account that every world is about. */
export const NONCE: Address = nonceAddress(PEOPLE.owner, 1);

const OTHER_BYTES = 81;

/** The nonce account as the world says, and where the cluster tells its newest blockhash. */
export function nonceEntries({ nonce: { kind, extra } }: World): (readonly [Address, StoredAccount])[] {
  const found = accountOf(kind, extra);
  return [
    [BLOCKHASHES_ADDRESS, recentBlockhashesAccount(BLOCKHASH)],
    ...(found === undefined ? [] : [[NONCE, found] as const]),
  ];
}

function accountOf(kind: World['nonce']['kind'], extra: bigint): StoredAccount | undefined {
  const held = { authority: PEOPLE.owner, nonce: PEOPLE.payer, lamports: NONCE_RENT + extra };
  switch (kind) {
    case 'missing':
      return undefined;
    case 'held':
      return nonceAccount(held);
    case 'given away':
      return nonceAccount({ ...held, authority: PEOPLE.stranger });
    case 'too new':
      return nonceAccount({ ...held, nonce: nonceAfter(BLOCKHASH) });
    case 'legacy':
      return nonceAccount({ ...held, version: 0 });
    case 'uninitialised':
      return nonceAccount({ ...held, state: 0 });
    case 'only SOL':
      return emptyAccount(0, held.lamports);
    case 'of another size':
      return emptyAccount(OTHER_BYTES, rentExemptMinimum(OTHER_BYTES) + extra);
  }
}

function emptyAccount(sizeBytes: number, lamports: bigint): StoredAccount {
  return { lamports, data: new Uint8Array(sizeBytes), owner: SYSTEM_PROGRAM, executable: false };
}
