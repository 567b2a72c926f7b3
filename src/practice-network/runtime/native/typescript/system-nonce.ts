import { createHash } from 'node:crypto';
import { type Address, addressFromBytes, addressToBytes } from '#core/solana/address.ts';
import { RECENT_BLOCKHASHES_SYSVAR, RENT_SYSVAR, SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { InstructionFailure } from '../../instruction-failure.ts';
import type { ProgramContext, WorkingAccount } from '../../programs/program.ts';
import { rentExemptMinimum } from '../../rent.ts';
import { changeLamports, replaceData } from './builtin-accounts.ts';
import type { NativeEnvironment } from './native-environment.ts';

/** One System instruction being run. */
export type SystemCall = {
  readonly context: ProgramContext;
  readonly environment: NativeEnvironment;
  readonly signers: ReadonlySet<Address>;
};

/** Source: Solana SDK, `SystemError::NonceBlockhashNotExpired`. */
const NONCE_NOT_EXPIRED = { Custom: 7 };

/** Layout of a nonce account: version, state, then for an initialized one authority, nonce and fee. Source: Solana SDK, `nonce::state`. */
const NONCE_BYTES = 80;
const LEGACY_VERSION = 0;
const CURRENT_VERSION = 1;
const INITIALIZED = 1;

/** Lamports a signature costs: stored beside a nonce, read by nobody any more. Source: Agave. */
const LAMPORTS_PER_SIGNATURE = 5000n;

type NonceState = {
  readonly version: number;
  /** `undefined` when uninitialized. */
  readonly data: { readonly authority: Address; readonly nonce: Uint8Array; readonly fee: bigint } | undefined;
};

/**
 * The instruction's account at a place.
 *
 * @throws InstructionFailure `MissingAccount`, where other programs say `NotEnoughAccountKeys`
 */
export function accountAt({ accounts }: ProgramContext, index: number): WorkingAccount {
  const account = accounts[index];
  if (account === undefined) throw new InstructionFailure('MissingAccount');
  return account;
}

/** `AdvanceNonceAccount`. Errors and their order in this file follow Agave's `system_instruction.rs`. */
export function advanceNonce({ context, environment, signers }: SystemCall): void {
  const account = accountAt(context, 0);
  requireSysvar(context, 1, RECENT_BLOCKHASHES_SYSVAR);
  requireWritable(account, 'Advance', environment);
  const { data } = readState(account);
  if (data === undefined) throw invalidState(account, 'Advance', environment);
  if (!signers.has(data.authority)) {
    environment.trace(`Advance nonce account: Account ${data.authority} must be a signer`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  const nonce = durableNonce(environment.blockhash);
  requireExpired(data.nonce, nonce, 'Advance', environment);
  writeState(account, { version: CURRENT_VERSION, data: { ...data, nonce, fee: LAMPORTS_PER_SIGNATURE } });
}

/** `WithdrawNonceAccount`, lamports. Everything closes the account; less must leave it exempt from rent. */
export function withdrawNonce({ context, environment, signers }: SystemCall, lamports: bigint): void {
  if (context.accounts.length < 2) throw new InstructionFailure('MissingAccount');
  requireSysvar(context, 2, RECENT_BLOCKHASHES_SYSVAR);
  requireSysvar(context, 3, RENT_SYSVAR);
  const from = accountAt(context, 0);
  requireWritable(from, 'Withdraw', environment);
  const { data } = readState(from);
  const closes = data !== undefined && lamports === from.lamports;
  if (closes) {
    requireExpired(data.nonce, durableNonce(environment.blockhash), 'Withdraw', environment);
    writeState(from, { version: CURRENT_VERSION, data: undefined });
  } else {
    const needed = data === undefined ? lamports : lamports + rentExemptMinimum(from.data.length);
    if (needed > from.lamports) throw insufficient(from, 'Withdraw', needed, environment);
  }
  const signer = data?.authority ?? from.address;
  if (!signers.has(signer)) {
    environment.trace(`Withdraw nonce account: Account ${signer} must sign`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  changeLamports(from, -lamports);
  changeLamports(accountAt(context, 1), lamports);
}

/** `InitializeNonceAccount`. */
export function initializeNonce({ context, environment }: SystemCall, authority: Address): void {
  const account = accountAt(context, 0);
  requireSysvar(context, 1, RECENT_BLOCKHASHES_SYSVAR);
  requireSysvar(context, 2, RENT_SYSVAR);
  requireWritable(account, 'Initialize', environment);
  if (readState(account).data !== undefined) throw invalidState(account, 'Initialize', environment);
  const minimum = rentExemptMinimum(account.data.length);
  if (account.lamports < minimum) throw insufficient(account, 'Initialize', minimum, environment);
  const nonce = durableNonce(environment.blockhash);
  writeState(account, { version: CURRENT_VERSION, data: { authority, nonce, fee: LAMPORTS_PER_SIGNATURE } });
}

/** `AuthorizeNonceAccount`. */
export function authorizeNonce({ context, environment, signers }: SystemCall, authority: Address): void {
  const account = accountAt(context, 0);
  requireWritable(account, 'Authorize', environment);
  const { version, data } = readState(account);
  if (data === undefined) throw invalidState(account, 'Authorize', environment);
  if (!signers.has(data.authority)) {
    environment.trace(`Authorize nonce account: Account ${data.authority} must sign`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  writeState(account, { version, data: { ...data, authority } });
}

/** `UpgradeNonceAccount`: a nonce from before durable nonces had a domain of their own. */
export function upgradeNonce({ context }: SystemCall): void {
  const account = accountAt(context, 0);
  if (account.owner !== SYSTEM_PROGRAM) throw new InstructionFailure('InvalidAccountOwner');
  if (!account.isWritable) throw new InstructionFailure('InvalidArgument');
  const { version, data } = readState(account);
  if (version !== LEGACY_VERSION || data === undefined) throw new InstructionFailure('InvalidArgument');
  writeState(account, { version: CURRENT_VERSION, data: { ...data, nonce: durableNonce(data.nonce) } });
}

type Verb = 'Advance' | 'Withdraw' | 'Initialize' | 'Authorize';

function requireSysvar(context: ProgramContext, index: number, sysvar: Address): void {
  if (accountAt(context, index).address !== sysvar) throw new InstructionFailure('InvalidArgument');
}

function requireWritable({ isWritable, address }: WorkingAccount, verb: Verb, { trace }: NativeEnvironment): void {
  if (isWritable) return;
  trace(`${verb} nonce account: Account ${address} must be writeable`);
  throw new InstructionFailure('InvalidArgument');
}

function requireExpired(stored: Uint8Array, next: Uint8Array, verb: Verb, { trace }: NativeEnvironment): void {
  if (Buffer.compare(stored, next) !== 0) return;
  trace(`${verb} nonce account: nonce can only advance once per slot`);
  throw new InstructionFailure(NONCE_NOT_EXPIRED);
}

function invalidState({ address }: WorkingAccount, verb: Verb, { trace }: NativeEnvironment): InstructionFailure {
  trace(`${verb} nonce account: Account ${address} state is invalid`);
  return new InstructionFailure('InvalidAccountData');
}

function insufficient(
  { lamports }: WorkingAccount,
  verb: Verb,
  needed: bigint,
  { trace }: NativeEnvironment,
): InstructionFailure {
  // A sum past 64 bits is refused without words.
  if (needed < 1n << 64n) trace(`${verb} nonce account: insufficient lamports ${lamports}, need ${needed}`);
  return new InstructionFailure('InsufficientFunds');
}

function durableNonce(blockhash: Uint8Array): Uint8Array {
  return createHash('sha256').update('DURABLE_NONCE').update(blockhash).digest();
}

function readState({ data }: WorkingAccount): NonceState {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  if (data.length < 8) throw new InstructionFailure('InvalidAccountData');
  const [version, state] = [view.getUint32(0, true), view.getUint32(4, true)];
  if (version > CURRENT_VERSION || state > INITIALIZED) throw new InstructionFailure('InvalidAccountData');
  if (state !== INITIALIZED) return { version, data: undefined };
  if (data.length < NONCE_BYTES) throw new InstructionFailure('InvalidAccountData');
  return {
    version,
    data: {
      authority: addressFromBytes(data.subarray(8, 40)),
      nonce: data.subarray(40, 72),
      fee: view.getBigUint64(72, true),
    },
  };
}

function writeState(account: WorkingAccount, { version, data }: NonceState): void {
  const bytes = new Uint8Array(data === undefined ? 8 : NONCE_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, version, true);
  if (data !== undefined) {
    view.setUint32(4, INITIALIZED, true);
    bytes.set(addressToBytes(data.authority), 8);
    bytes.set(data.nonce, 40);
    view.setBigUint64(72, data.fee, true);
  }
  replaceData(account, bytes);
}
