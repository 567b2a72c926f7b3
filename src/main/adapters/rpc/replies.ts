import { base64 } from '@scure/base';
import { z } from 'zod';
import { ClientActivity } from '#core/practice/client-activity.ts';
import type { Account } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { U64_MAX } from '#core/units/decimal.ts';
import { AddressText } from '#core/units/wire.ts';
import { safeError, safeLines } from './remote-text.ts';

/** Shapes of the answers, as the RPC documentation of Solana gives them. Unknown fields are left out: nodes add some. */

/** A u64 of the wire: a number, or a bigint where a number would not hold it. */
export const RpcU64 = z
  .union([z.int().nonnegative(), z.bigint().min(0n).max(U64_MAX)])
  .transform((value) => BigInt(value));

const Context = z.object({ slot: RpcU64 });

export function withContext<T>(value: z.ZodType<T>) {
  return z.object({ context: Context, value });
}

const Base64Data = z.tuple([z.base64(), z.literal('base64')]).transform(([text]) => base64.decode(text));

const RpcAccount = z.object({
  lamports: RpcU64,
  owner: AddressText,
  executable: z.boolean(),
  data: Base64Data,
  space: z.int().nonnegative(),
});

type RpcAccount = z.output<typeof RpcAccount>;

export function toAccount(address: Address, { lamports, owner, executable, data, space }: RpcAccount): Account {
  return { address, lamports, owner, executable, data, space };
}

export const MultipleAccounts = withContext(z.array(RpcAccount.nullable()));
export const ProgramAccounts = withContext(z.array(z.object({ pubkey: AddressText, account: RpcAccount })));

const Blockhash = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/);
export const GenesisHash = Blockhash;

/** Of `practice_reset`, which only the practice network has. */
export const PracticeReset = z.object({ demoMint: AddressText });

/** Of `practice_createMint`. */
export const PracticeMint = z.object({ mint: AddressText });
export const Signature = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{64,88}$/);

export const LatestBlockhash = withContext(z.object({ blockhash: Blockhash, lastValidBlockHeight: RpcU64 }));

/** The cluster's error value: a word, or an object with one key. Absent and `null` both mean none. */
const TransactionError = z
  .json()
  .nullish()
  .transform((error) => (error === undefined ? null : safeError(error)));

/** Log lines, safe to show. */
export const Logs = z
  .array(z.string())
  .nullish()
  .transform((lines) => safeLines(lines ?? []));

/** Of `practice_listClients`: what the app shows of each. */
export const PracticeClients = z.array(
  z.object({
    activity: ClientActivity,
    refused: z.object({ instruction: z.string().max(64), error: TransactionError, logs: Logs }).nullable(),
  }),
);

export const Simulated = withContext(
  z.object({
    err: TransactionError,
    logs: Logs,
    unitsConsumed: RpcU64.nullish(),
    accounts: z.array(RpcAccount.omit({ space: true }).nullable()).nullish(),
  }),
);

export const SignatureStatuses = withContext(
  z.array(
    z
      .object({
        slot: RpcU64,
        err: TransactionError,
        confirmationStatus: z.enum(['processed', 'confirmed', 'finalized']).nullish(),
        confirmations: z.int().nonnegative().nullish(),
      })
      .nullable(),
  ),
);

/** `null`: the node no longer has it. */
export const TransactionLogs = z.object({ meta: z.object({ logMessages: Logs }).nullish() }).nullable();

/** Nodes keep 150 slots. Source: Agave, `runtime/src/prioritization_fee_cache.rs` `MAX_NUM_RECENT_BLOCKS`. */
export const RecentFees = z.array(z.object({ slot: RpcU64, prioritizationFee: RpcU64 })).max(1_000);

/** The fields of `getEpochInfo` that tell how far a chain is. */
export const EpochInfo = z.object({ absoluteSlot: RpcU64, blockHeight: RpcU64 });

/** Of `isBlockhashValid`. */
export const BlockhashValid = withContext(z.boolean());

export const Version = z.object({ 'solana-core': z.string().max(64) });
