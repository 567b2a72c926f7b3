import { SYSTEM_PROGRAM } from './program-ids.ts';
import type { Address } from './address.ts';
import { type CompiledInstruction, isSignerIndex, isWritableIndex, type Message } from './message.ts';

/** What keeps a transaction alive: minutes under a recent blockhash, without end under a durable nonce. */
export type Lifetime =
  | { readonly kind: 'blockhash'; readonly blockhash: string }
  | {
      readonly kind: 'nonce';
      readonly nonceAccount: Address;
      /**
       * Who can cancel it: the key that must sign the advance. Absent when none signs it, and when several do: the runtime
       * takes the authority in any place, so the bytes do not tell which of them it is.
       */
      readonly nonceAuthority?: Address;
      readonly nonce: string;
    };

/** `SystemInstruction::AdvanceNonceAccount`, u32 little-endian; the runtime compares only these four bytes. */
const ADVANCE_NONCE = [4, 0, 0, 0];

/**
 * A transaction's lifetime, decided as the runtime decides it (`get_durable_nonce`): the first instruction is the System
 * program's, its data *begins* with the advance, and its first account is a writable static key. More data or accounts make
 * no difference.
 */
export function readLifetime(message: Message): Lifetime {
  const [first] = message.instructions;
  const nonceAccount = first && durableNonceAccount(message, first);
  if (first === undefined || nonceAccount === undefined)
    return { kind: 'blockhash', blockhash: message.recentBlockhash };
  const authority = onlySignerOfAdvance(message, first);
  return {
    kind: 'nonce',
    nonceAccount,
    ...(authority === undefined ? {} : { nonceAuthority: authority }),
    nonce: message.recentBlockhash,
  };
}

function durableNonceAccount(message: Message, first: CompiledInstruction): Address | undefined {
  if (message.staticKeys[first.programIndex] !== SYSTEM_PROGRAM) return undefined;
  if (!ADVANCE_NONCE.every((byte, index) => first.data[index] === byte)) return undefined;
  const [accountIndex] = first.accountIndexes;
  if (accountIndex === undefined || !isWritableIndex(message, accountIndex)) return undefined;
  return message.staticKeys[accountIndex];
}

/** Source: Agave, `check_load_and_advance_message_nonce_account`, which asks `get_ix_signers` for the authority. */
function onlySignerOfAdvance(message: Message, { accountIndexes }: CompiledInstruction): Address | undefined {
  const [index, ...others] = new Set(accountIndexes.filter((each) => isSignerIndex(message, each)));
  return index === undefined || others.length > 0 ? undefined : message.staticKeys[index];
}
