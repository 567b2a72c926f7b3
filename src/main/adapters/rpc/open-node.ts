import { base58, base64 } from '@scure/base';
import { z } from 'zod';
import { AppError, isAppError } from '#core/errors/app-error.ts';
import type { Account, ChainReader, ChainWriter, SignatureStatus } from '#core/ports.ts';
import { readNonce } from '#core/nonces/nonce-account.ts';
import type { Address } from '#core/solana/address.ts';
import { ASSOCIATED_TOKEN_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { explainFailure } from '#core/transactions/explain-failure.ts';
import type { NodeOptions, Pace } from '#main/ports.ts';
import { type CallMethod, createJsonRpc, type NodeError, SCAN_MAX_BYTES } from './json-rpc.ts';
import { landedOf, LandedReply } from './landed-transaction.ts';
import { findLanded } from './find-landed.ts';
import {
  BlockhashValid,
  EpochInfo,
  GenesisHash,
  LatestBlockhash,
  MultipleAccounts,
  PracticeClients,
  PracticeMint,
  PracticeReset,
  ProgramAccounts,
  RecentFees,
  RpcU64,
  Signature,
  SignatureStatuses,
  Simulated,
  toAccount,
  TransactionLogs,
  Version,
} from './replies.ts';

type Options = NodeOptions & {
  /** For one answer, milliseconds. */
  readonly deadlineMs?: number;
  /** Aborts when the app closes: what is under way ends as if the node were gone. */
  readonly closing?: AbortSignal;
};

const atOnce: Pace = (request) => request();

/** Never aborts. */
const OPEN = new AbortController().signal;

/** Source: security-bar.md §4.6. */
const DEADLINE_MS = 15_000;

/** Addresses in one `getMultipleAccounts`. Source: Solana RPC documentation. */
const MAX_ADDRESSES = 100;

/** Addresses in one `getRecentPrioritizationFees`. Source: Solana RPC documentation. */
const MAX_FEE_ADDRESSES = 128;

/** The node keeps no history to search. Source: Agave `rpc-client-api/src/custom_error.rs`. */
const NO_HISTORY = -32011;

/** One endpoint of a cluster: reads, simulates, sends. It decides nothing. */
export function openNode({
  url,
  origin,
  commitment,
  pace = atOnce,
  deadlineMs = DEADLINE_MS,
  closing = OPEN,
}: Options) {
  const call = createJsonRpc({ url, origin, deadlineMs, closing }, pace);
  let neededSlot = 0n;

  /** Reads never answer from before a slot the app has seen: a node behind says so. */
  const position = () => ({ commitment, ...(neededSlot === 0n ? {} : { minContextSlot: neededSlot }) });

  return {
    origin,
    requireSlot(slot: bigint) {
      if (slot > neededSlot) neededSlot = slot;
    },
    ...createReader(call, position),
    ...createWriter(call, position),
    readGenesisHash: () => call('getGenesisHash', [], GenesisHash),
    readSlot: () => call('getSlot', [{ commitment }], RpcU64),
    readBlockHeight: () => call('getBlockHeight', [{ commitment: 'confirmed' }], RpcU64),
    async readRecentFees(writable: readonly Address[]) {
      const asked = writable.slice(0, MAX_FEE_ADDRESSES);
      const slots = await call('getRecentPrioritizationFees', [asked], RecentFees);
      return slots.map(({ prioritizationFee }) => prioritizationFee);
    },
    async readVersion() {
      return (await call('getVersion', [], Version))['solana-core'];
    },
    requestAirdrop: (address: Address, lamports: bigint) => call('requestAirdrop', [address, lamports], Signature),
    async advanceTime(seconds: number) {
      await call('practice_advance', [{ seconds }], z.unknown());
    },
    async resetPractice() {
      return call('practice_reset', [], PracticeReset);
    },
    async addClients(runId: string, count: number) {
      await call('practice_addClients', [{ runId, count }], z.unknown());
    },
    async removeClients(runId: string) {
      await call('practice_removeClients', [{ runId, how: 'leave' }], z.unknown());
    },
    readSimulatedClients: (runId: string) => call('practice_listClients', [{ runId }], PracticeClients),
    async createMint(decimals: number) {
      return (await call('practice_createMint', [{ decimals }], PracticeMint)).mint;
    },
    async giveTokens(address: Address, mint: Address, amount: bigint) {
      await call('practice_faucet', [{ address, mint, amount: amount.toString() }], z.unknown(), {
        onError: (error) => {
          throw tokensRefused(mint, error);
        },
      });
    },
  };
}

/** Wrong parameters. Where no transaction was tried, there is nothing else wrong with ours than the mint. Source: JSON-RPC 2.0. */
const INVALID_PARAMS = -32602;

/** Why the faucet of a practice network gave no tokens. */
function tokensRefused(mint: Address, { code, data }: NodeError): AppError {
  const error = typeof data === 'object' && data !== null && 'err' in data ? data.err : undefined;
  if (code === INVALID_PARAMS && error === undefined) return new AppError('practice/foreign-mint', { mint });
  return new AppError('practice/tokens-refused', {
    mint,
    reason: explainFailure({ error, logs: [], instructions: FAUCET_INSTRUCTIONS }).cause,
  });
}

/** The faucet makes the account when it is missing, then mints. */
const FAUCET_INSTRUCTIONS = [
  { program: { address: ASSOCIATED_TOKEN_PROGRAM }, name: 'CreateIdempotent', fields: [] },
  { program: { address: TOKEN_PROGRAM }, name: 'MintTo', fields: [] },
];

type Position = () => { commitment: string; minContextSlot?: bigint };

function createReader(call: CallMethod, position: Position): ChainReader {
  return {
    async readAccounts(addresses, slice) {
      const parts = chunksOf(addresses, MAX_ADDRESSES);
      const replies = await mapInLanes(parts.length === 0 ? [[]] : parts, async (part) => {
        const config = { encoding: 'base64', ...position(), dataSlice: slice };
        const { context, value } = await call('getMultipleAccounts', [part, config], MultipleAccounts);
        if (value.length !== part.length) throw miscounted('getMultipleAccounts');
        return { slot: context.slot, accounts: part.map((address, index) => accountOr(address, value[index])) };
      });
      const slot = replies.map((reply) => reply.slot).reduce((oldest, next) => (next < oldest ? next : oldest));
      return { slot, accounts: replies.flatMap((reply) => reply.accounts) };
    },

    async readProgramAccounts({ program, space, prefix, matching = [], slice }) {
      const config = {
        encoding: 'base64',
        withContext: true,
        ...position(),
        dataSlice: slice,
        filters: [
          ...(space === undefined ? [] : [{ dataSize: space }]),
          ...[{ offset: 0, bytes: prefix }, ...matching].map(({ offset, bytes }) => ({
            memcmp: { offset, encoding: 'base58', bytes: base58.encode(bytes) },
          })),
        ],
      };
      const { context, value } = await call('getProgramAccounts', [program, config], ProgramAccounts, {
        maxBytes: SCAN_MAX_BYTES,
      });
      return { slot: context.slot, accounts: value.map(({ pubkey, account }) => toAccount(pubkey, account)) };
    },

    readRentFloor: (sizeBytes) => call('getMinimumBalanceForRentExemption', [sizeBytes], RpcU64),

    async readClusterTime() {
      const slot = await call('getSlot', [{ commitment: 'confirmed' }], RpcU64);
      return call('getBlockTime', [slot], z.int());
    },
  };
}

function createWriter(call: CallMethod, position: Position): ChainWriter {
  return {
    async readLatestBlockhash() {
      const { value } = await call('getLatestBlockhash', [{ ...position(), commitment: 'confirmed' }], LatestBlockhash);
      return value;
    },

    async simulate(wireTransaction, watch, fromSlot) {
      const { minContextSlot: needed = 0n } = position();
      const config = {
        encoding: 'base64',
        sigVerify: false,
        // It is asked for together with the blockhash, before that is known.
        replaceRecentBlockhash: true,
        commitment: 'confirmed',
        minContextSlot: fromSlot > needed ? fromSlot : needed,
        accounts: { encoding: 'base64', addresses: watch },
      };
      const { context, value } = await call('simulateTransaction', [base64.encode(wireTransaction), config], Simulated);
      return {
        slot: context.slot,
        err: value.err,
        logs: value.logs,
        unitsConsumed: value.unitsConsumed ?? undefined,
        accounts: watch.map((address, index) => {
          const account = value.accounts?.[index];
          return account ? toAccount(address, { ...account, space: account.data.length }) : undefined;
        }),
      };
    },

    async send(wireTransaction) {
      // No preflight: it was simulated for the review, and a node behind would refuse what another takes.
      const config = { encoding: 'base64', skipPreflight: true, maxRetries: 0 };
      await call<string>('sendTransaction', [base64.encode(wireTransaction), config], Signature, {
        onError: (error) => (isAlreadyProcessed(error) ? 'already processed' : undefined),
      });
    },

    async readStatus(signature) {
      try {
        return { ...(await readStatus(call, signature, true)), hasHistory: true };
      } catch (cause) {
        if (nodeErrorCodeOf(cause) !== NO_HISTORY) throw cause;
        return { ...(await readStatus(call, signature, false)), hasHistory: false };
      }
    },

    async readFinalizedBlock() {
      const { absoluteSlot, blockHeight } = await call('getEpochInfo', [{ commitment: 'finalized' }], EpochInfo);
      return { slot: absoluteSlot, height: blockHeight };
    },

    async readFinalizedNonce(account) {
      const config = { encoding: 'base64', commitment: 'finalized' };
      const { context, value } = await call('getMultipleAccounts', [[account], config], MultipleAccounts);
      if (value.length !== 1) throw miscounted('getMultipleAccounts');
      const nonce = readNonce(accountOr(account, value[0]));
      return { slot: context.slot, value: nonce.kind === 'initialised' ? nonce.nonce : 'closed' };
    },

    async isBlockhashValid(blockhash) {
      const config = { ...position(), commitment: 'confirmed' };
      return (await call('isBlockhashValid', [blockhash, config], BlockhashValid)).value;
    },

    findLanded: (address, isIt) => findLanded(call, address, isIt),

    async readLogs(signature) {
      const config = { encoding: 'base64', commitment: 'confirmed', maxSupportedTransactionVersion: 0 };
      const transaction = await call('getTransaction', [signature, config], TransactionLogs);
      return transaction?.meta?.logMessages ?? [];
    },

    async readLanded(signature, staticKeys) {
      const config = { encoding: 'base64', commitment: 'confirmed', maxSupportedTransactionVersion: 0 };
      return landedOf(await call('getTransaction', [signature, config], LandedReply), staticKeys);
    },
  };
}

async function readStatus(call: CallMethod, signature: string, searchTransactionHistory: boolean) {
  const params = [[signature], { searchTransactionHistory }];
  const { context, value } = await call('getSignatureStatuses', params, SignatureStatuses);
  if (value.length !== 1) throw miscounted('getSignatureStatuses');
  return { slot: context.slot, status: toStatus(value[0] ?? undefined) };
}

function toStatus(
  status: z.output<typeof SignatureStatuses>['value'][number] | undefined,
): SignatureStatus | undefined {
  if (!status) return undefined;
  // Old nodes leave the word out: no count of confirmations then means finalized.
  const fallback = status.confirmations === null ? 'finalized' : 'processed';
  return { slot: status.slot, err: status.err, commitment: status.confirmationStatus ?? fallback };
}

/** Source: Agave `TransactionError::AlreadyProcessed`, carried in the data of error -32002. */
function isAlreadyProcessed({ data }: NodeError): boolean {
  return typeof data === 'object' && data !== null && 'err' in data && data.err === 'AlreadyProcessed';
}

/** The code of an error the node itself answered with. */
function nodeErrorCodeOf(cause: unknown): unknown {
  if (!isAppError(cause) || cause.code !== 'rpc/node-error') return undefined;
  return 'code' in cause.params ? cause.params.code : undefined;
}

function miscounted(method: string): AppError {
  return new AppError('rpc/malformed', {
    origin: 'The endpoint',
    method,
    reason: 'more or fewer items than asked for',
  });
}

function accountOr(address: Address, account: Parameters<typeof toAccount>[1] | null | undefined): Account | undefined {
  return account ? toAccount(address, account) : undefined;
}

function chunksOf<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}

/**
 * Requests of one long read under way at a time: providers count them. The longest list of users and their payer are 21
 * requests, two rounds.
 */
const LANES = 11;

async function mapInLanes<T, R>(items: readonly T[], map: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const lane = async () => {
    for (const [index, item] of waiting) results[index] = await map(item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return results;
}
