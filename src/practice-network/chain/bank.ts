import type { Address } from '#core/solana/address.ts';
import { isSignerIndex, isWritableIndex, type Message } from '#core/solana/message.ts';
import { decodeTransaction, formatSignature, type WireTransaction } from '#core/solana/transaction.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { AccountSource, StoredAccount } from '../runtime/accounts.ts';
import type { Clock } from '../runtime/clock.ts';
import type { ExecutionResult, TransactionError } from '../runtime/execution-result.ts';
import type { ParsedTransaction } from '../runtime/parsed-transaction.ts';
import { isRentTransitionAllowed, rentExemptMinimum } from '../runtime/rent.ts';
import { readComputeBudget } from './compute-budget.ts';
import { advancedNonce, findNonceUse, type NonceUse, readNonceState } from './durable-nonce.ts';
import { loadKeys } from './lookup-tables.ts';
import { verifySignatures } from './verify-signatures.ts';

/** A transaction whose form has been checked; its signatures have not. */
export type Submitted = {
  readonly wire: Uint8Array;
  readonly transaction: WireTransaction;
  /** Base58 of the fee payer's signature. */
  readonly signature: string;
};

/** What the bank needs to know of the chain at the moment of processing. */
export type BankView = {
  readonly accounts: AccountSource;
  readonly clock: Clock;
  readonly newestBlockhash: string;
  readonly isRecent: (blockhash: string) => boolean;
  readonly isKnown: (signature: string) => boolean;
  readonly execute: Execute;
};

/** Runs a checked transaction; `accounts` already show the fee as paid. */
export type Execute = (
  transaction: ParsedTransaction,
  view: { accounts: AccountSource; clock: Clock; blockhash: string; unitLimit: bigint },
) => ExecutionResult;

/** What the bank would do with a transaction. Lamports throughout. */
export type Processed =
  /** It never lands and costs nothing. */
  | { readonly kind: 'dropped'; readonly err: TransactionError }
  /** It lands, having done what it asked for or failed (`err`); `changes` hold the fee either way. */
  | {
      readonly kind: 'landed';
      readonly err: TransactionError | null;
      readonly fee: bigint;
      readonly keys: readonly Address[];
      readonly execution: Omit<ExecutionResult, 'err' | 'changed'>;
      readonly changes: ReadonlyMap<Address, StoredAccount>;
    };

/** Accounts a transaction may lock. Source: Agave, `MAX_TX_ACCOUNT_LOCKS`. */
const MAX_ACCOUNT_LOCKS = 64;

/** Size of a nonce account: as fee payer it must stay rent-exempt. Source: Solana SDK. */
const NONCE_ACCOUNT_BYTES = 80;

/**
 * Wire bytes → a transaction that has exactly one reading.
 *
 * @throws AppError `message/…`, `transaction/signature-count`
 */
export function readSubmitted(wire: Uint8Array): Submitted {
  const transaction = decodeTransaction(wire);
  const [first = new Uint8Array(0)] = transaction.signatures;
  return { wire, transaction, signature: formatSignature(first) };
}

/** True when everybody who must sign has signed this message. */
export function isSignedByAll({ transaction }: Submitted): boolean {
  const { message, messageBytes, signatures } = transaction;
  const signers = message.staticKeys.slice(0, message.header.requiredSignatures);
  return verifySignatures(messageBytes, signatures, signers);
}

/**
 * Everything between a well-formed, signed transaction and its effects, in the order of a validator: lookup tables, locks, age or nonce,
 * duplicate, compute budget, fee, execution. Changes nothing itself.
 */
export function processTransaction({ transaction, signature }: Submitted, view: BankView): Processed {
  const { message } = transaction;
  const loaded = loadKeys(message, view.accounts, view.clock.slot);
  if ('err' in loaded) return dropped(loaded.err);
  const { keys } = loaded;
  if (keys.length > MAX_ACCOUNT_LOCKS) return dropped('TooManyAccountLocks');
  if (new Set(keys).size < keys.length) return dropped('AccountLoadedTwice');
  const isRecent = view.isRecent(message.recentBlockhash);
  const nonce = isRecent ? undefined : findNonceUse(message, view.accounts, view.newestBlockhash);
  if (!isRecent && !nonce) return dropped('BlockhashNotFound');
  if (view.isKnown(signature)) return dropped('AlreadyProcessed');
  const budget = readComputeBudget(message);
  if ('err' in budget) return dropped(budget.err);
  const { fee, unitLimit } = budget;
  const payment = takeFee(message, fee, view.accounts);
  if ('err' in payment) return dropped(payment.err);

  const { payer, account } = payment;
  const accounts: AccountSource = (address) => (address === payer ? account : view.accounts(address));
  const { clock, newestBlockhash: blockhash } = view;
  const execution = view.execute(parsedOf(message, keys), { accounts, clock, blockhash, unitLimit });
  const { err, changed, ...rest } = execution;
  const changes = new Map([[payer, account]]);
  const landed = err === null ? changed : nonceAfterFailure(nonce, accounts, blockhash);
  for (const [address, change] of landed) changes.set(address, change);
  return { kind: 'landed', err, fee, keys, execution: rest, changes };
}

function dropped(err: TransactionError): Processed {
  return { kind: 'dropped', err };
}

/** The payer after the fee, or why it cannot pay. Source: Agave, `validate_fee_payer`. */
function takeFee(
  { staticKeys }: Message,
  fee: bigint,
  accounts: AccountSource,
): { payer: Address; account: StoredAccount } | { err: TransactionError } {
  const [payer] = staticKeys;
  const before = payer === undefined ? undefined : accounts(payer);
  if (payer === undefined || !before) return { err: 'AccountNotFound' };
  const isNonce = readNonceState(before) !== undefined;
  if (before.owner !== SYSTEM_PROGRAM || (before.data.length > 0 && !isNonce)) return { err: 'InvalidAccountForFee' };
  const floor = isNonce ? rentExemptMinimum(NONCE_ACCOUNT_BYTES) : 0n;
  if (before.lamports < floor + fee) return { err: 'InsufficientFundsForFee' };
  const account = { ...before, lamports: before.lamports - fee };
  if (!isRentTransitionAllowed(before, account)) return { err: { InsufficientFundsForRent: { account_index: 0 } } };
  return { payer, account };
}

/** A nonce is spent by a failure too, or the same bytes could be sent again and pay again. */
function nonceAfterFailure(
  nonce: NonceUse | undefined,
  accounts: AccountSource,
  blockhash: string,
): Map<Address, StoredAccount> {
  if (!nonce) return new Map();
  // Read again: the nonce account may be the one that paid.
  return new Map([[nonce.address, advancedNonce(accounts(nonce.address) ?? nonce.account, blockhash)]]);
}

function parsedOf(message: Message, accountKeys: readonly Address[]): ParsedTransaction {
  return {
    accountKeys,
    isSigner: accountKeys.map((_, index) => isSignerIndex(message, index)),
    isWritable: accountKeys.map((_, index) => isWritableIndex(message, index)),
    instructions: message.instructions.map(({ programIndex, accountIndexes, data }) => ({
      programIdIndex: programIndex,
      accounts: accountIndexes,
      data,
    })),
  };
}
