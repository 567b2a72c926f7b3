import { SYSTEM_PROGRAM } from './program-ids.ts';
import type { Address } from './address.ts';
import { isSignerIndex, isWritableIndex, type Message } from './message.ts';

/** What keeps a transaction alive: minutes under a recent blockhash, without end under a durable nonce. */
export type Lifetime =
  | { readonly kind: 'blockhash'; readonly blockhash: string }
  | {
      readonly kind: 'nonce';
      readonly nonceAccount: Address;
      /** Who can cancel it: the key that must sign the advance. Absent when the instruction does not name a signer. */
      readonly nonceAuthority?: Address;
      readonly nonce: string;
    };

/** `SystemInstruction::AdvanceNonceAccount`, u32 little-endian; the runtime compares only these four bytes. */
const ADVANCE_NONCE = [4, 0, 0, 0];

/** Position of the authority in `AdvanceNonceAccount`: nonce account, recent blockhashes sysvar, authority. */
const AUTHORITY_POSITION = 2;

/**
 * A transaction's lifetime, decided as the runtime decides it (`get_durable_nonce`): the first instruction is the System
 * program's, its data *begins* with the advance, and its first account is a writable static key. More data or accounts make
 * no difference.
 */
export function readLifetime(message: Message): Lifetime {
  const nonceAccount = durableNonceAccount(message);
  if (nonceAccount === undefined) return { kind: 'blockhash', blockhash: message.recentBlockhash };
  const authorityIndex = message.instructions[0]?.accountIndexes[AUTHORITY_POSITION];
  const authority =
    authorityIndex !== undefined && isSignerIndex(message, authorityIndex)
      ? message.staticKeys[authorityIndex]
      : undefined;
  return {
    kind: 'nonce',
    nonceAccount,
    ...(authority === undefined ? {} : { nonceAuthority: authority }),
    nonce: message.recentBlockhash,
  };
}

function durableNonceAccount(message: Message): Address | undefined {
  const [first] = message.instructions;
  if (first === undefined) return undefined;
  if (message.staticKeys[first.programIndex] !== SYSTEM_PROGRAM) return undefined;
  if (!ADVANCE_NONCE.every((byte, index) => first.data[index] === byte)) return undefined;
  const [accountIndex] = first.accountIndexes;
  if (accountIndex === undefined || !isWritableIndex(message, accountIndex)) return undefined;
  return message.staticKeys[accountIndex];
}
