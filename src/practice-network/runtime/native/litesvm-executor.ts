import { randomBytes } from 'node:crypto';
import { ADDRESS_BYTES, type Address, addressFromBytes, addressToBytes, parseAddress } from '#core/solana/address.ts';
import { LOOKUP_TABLE_PROGRAM, SLOT_HASHES_SYSVAR, SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { type AccountSource, EMPTY_ACCOUNT, type StoredAccount } from '../accounts.ts';
import type { Clock } from '../clock.ts';
import { rentExemptMinimum } from '../rent.ts';
import { type LiteSvm, type LiteSvmBinding, type LiteSvmMetadata, loadLiteSvm } from './litesvm-binding.ts';
import { engineError } from './litesvm-errors.ts';
import type { NativeExecutor, NativeInnerInstruction, NativeResult } from './native-executor.ts';
import { slotHashesData } from './slot-hashes.ts';
import { buildSubTransaction, type SubTransaction } from './sub-transaction.ts';

/**
 * The real Solana runtime behind {@link NativeExecutor}. It keeps no state of its own that matters: every account a run
 * names is pushed from the caller's view unless the engine already holds that very object. The engine aborts the process
 * on malformed input, so it sees only messages built in `sub-transaction.ts` and never a program or sysvar account.
 *
 * @throws AppError `practice/engine-missing`
 */
export function createLiteSvmExecutor(): NativeExecutor {
  const binding = loadLiteSvm();
  const engine = createEngine(binding);
  let rentFree: Engine | undefined;
  return {
    hasProgram: engine.hasProgram,
    execute: (request) => {
      const result = engine.execute(request);
      // A validator looks at rent only when the transaction ends; in the middle of one a poor account is fine. Only
      // System instructions can be repeated without rent: other programs read the rent they would be shown.
      if (result.err?.kind !== 'rent' || !request.instructions.every((i) => i.programId === SYSTEM_PROGRAM)) {
        return result;
      }
      rentFree ??= createEngine(binding, binding.Rent.free());
      return rentFree.execute(request);
    },
  };
}

type Engine = Pick<NativeExecutor, 'hasProgram' | 'execute'>;

/** Pays the engine's own fees and signs every sub-transaction; random, so that no instruction can name it and spend from it. */
const SPONSOR = addressFromBytes(randomBytes(ADDRESS_BYTES));

/** Enough for the fees of 10¹⁴ signatures. */
const SPONSOR_LAMPORTS = 1n << 60n;

/** Source: Solana SDK, `DEFAULT_SLOTS_PER_EPOCH`. */
const SLOTS_PER_EPOCH = 432_000n;

function createEngine(binding: LiteSvmBinding, rent?: object): Engine {
  const svm = new binding.LiteSvm();
  svm.setSigverify(false);
  svm.setBlockhashCheck(false);
  svm.setTransactionHistory(0n);
  svm.setLogBytesLimit(null);
  if (rent !== undefined) svm.setRent(rent);
  const bytesOf = createAddressCache();
  const addressOf = createAddressReader();
  svm.setAccount(
    bytesOf(SPONSOR),
    new binding.Account(SPONSOR_LAMPORTS, new Uint8Array(0), bytesOf(SYSTEM_PROGRAM), false, 0n),
  );
  const held = new Map<Address, StoredAccount | undefined>();
  const isOwned = createOwnershipTest(svm, bytesOf, (address) => held.has(address));
  const setLimits = createLimitSetter(binding, svm);
  const setSlotHashes = createSlotHashesSetter(binding, svm);

  const push = (address: Address, account: StoredAccount | undefined) => {
    if (held.get(address) === account) return;
    const { lamports, data, owner } = account ?? EMPTY_ACCOUNT;
    svm.setAccount(bytesOf(address), new binding.Account(lamports, data, bytesOf(owner), false, 0n));
    held.set(address, account);
  };
  const readBack = (address: Address, before: StoredAccount | undefined): StoredAccount | undefined => {
    const account = svm.getAccount(bytesOf(address));
    if (account === null) return before === undefined ? undefined : EMPTY_ACCOUNT;
    const [lamports, owner, data] = [account.lamports(), addressOf(account.owner()), account.data()];
    if (before !== undefined && before.lamports === lamports && before.owner === owner) {
      if (Buffer.compare(before.data, data) === 0) return before;
    }
    return { lamports, data, owner, executable: account.executable() };
  };

  return {
    hasProgram: (address) =>
      !LOADERS.has(address) && isOwned(address) && svm.getAccount(bytesOf(address))?.executable() === true,
    execute: (request) => {
      const isReadonly = (address: Address) =>
        address === SPONSOR || isOwned(address) || request.accounts(address)?.executable === true;
      const sub = buildSubTransaction(request.instructions, {
        sponsor: SPONSOR,
        blockhash: request.blockhash,
        mustStayReadonly: isReadonly,
        bytesOf,
      });
      setLimits(request.clock, request.unitLimit);
      // No other native program asks which slots are recent.
      if (request.instructions.some(({ programId }) => programId === LOOKUP_TABLE_PROGRAM)) {
        setSlotHashes(request.clock.slot);
      }
      for (const address of sub.keys) {
        if (!isReadonly(address)) push(address, request.accounts(address));
      }
      const answer = svm.sendLegacyTransaction(sub.bytes);
      if (answer instanceof binding.FailedTransactionMetadata) {
        return {
          ...describe(answer.meta(), sub, addressOf),
          err: named(engineError(binding, answer.err()), sub),
          changed: new Map(),
        };
      }
      const metadata = answer as LiteSvmMetadata;
      const changed = collectChanges(sub, request.accounts, readBack);
      for (const [address, account] of changed) held.set(address, account.lamports === 0n ? undefined : account);
      return { ...describe(metadata, sub, addressOf), err: null, changed };
    },
  };
}

function collectChanges(
  sub: SubTransaction,
  source: AccountSource,
  readBack: (address: Address, before: StoredAccount | undefined) => StoredAccount | undefined,
): Map<Address, StoredAccount> {
  const changed = new Map<Address, StoredAccount>();
  for (const address of sub.writable) {
    const before = source(address);
    const after = readBack(address, before);
    if (after !== undefined && after !== before) changed.set(address, after);
  }
  return changed;
}

function named(error: ReturnType<typeof engineError>, sub: SubTransaction): NativeResult['err'] {
  return error.kind === 'rent' ? { kind: 'rent', account: sub.keys[error.accountIndex] ?? SPONSOR } : error;
}

function describe(
  metadata: LiteSvmMetadata,
  sub: SubTransaction,
  addressOf: (bytes: Uint8Array) => Address,
): Pick<NativeResult, 'logs' | 'unitsConsumed' | 'inner' | 'returnData'> {
  const keyAt = (index: number): Address => sub.keys[index] ?? SPONSOR;
  const returned = metadata.returnData();
  return {
    logs: metadata.logs(),
    unitsConsumed: metadata.computeUnitsConsumed(),
    inner: metadata.innerInstructions().map((list) =>
      list.map((inner): NativeInnerInstruction => {
        const instruction = inner.instruction();
        return {
          programId: keyAt(instruction.programIdIndex()),
          accounts: Array.from(instruction.accounts(), keyAt),
          data: instruction.data(),
          stackHeight: inner.stackHeight(),
        };
      }),
    ),
    returnData:
      returned.data().length === 0 ? null : { programId: addressOf(returned.programId()), data: returned.data() },
  };
}

/** Tells the engine the time and the compute units left, when they differ from what it knows. */
function createLimitSetter(binding: LiteSvmBinding, svm: LiteSvm): (clock: Clock, unitLimit: bigint) => void {
  const budget = new binding.ComputeBudget();
  let known: { slot: bigint; unixTimestamp: bigint; unitLimit: bigint } | undefined;
  return ({ slot, unixTimestamp }, unitLimit) => {
    if (known?.slot !== slot || known.unixTimestamp !== unixTimestamp) {
      const epoch = slot / SLOTS_PER_EPOCH;
      svm.setClock(new binding.Clock(slot, 0n, epoch, epoch + 1n, unixTimestamp));
    }
    if (known?.unitLimit !== unitLimit) {
      budget.computeUnitLimit = unitLimit;
      svm.setComputeBudget(budget);
    }
    known = { slot, unixTimestamp, unitLimit };
  };
}

/** Tells the engine which slots are recent, when that has changed. */
function createSlotHashesSetter(binding: LiteSvmBinding, svm: LiteSvm): (slot: bigint) => void {
  const [address, owner] = [addressToBytes(SLOT_HASHES_SYSVAR), addressToBytes(SYSVAR_OWNER)];
  let known: bigint | undefined;
  return (slot) => {
    if (known === slot) return;
    const data = slotHashesData(slot);
    svm.setAccount(address, new binding.Account(rentExemptMinimum(data.length), data, owner, false, 0n));
    known = slot;
  };
}

/**
 * Whether an address is a program or sysvar of the engine: removing or replacing one would abort the process. Whatever was
 * pushed from outside is not, whoever owns it.
 */
function createOwnershipTest(
  svm: LiteSvm,
  bytesOf: (address: Address) => Uint8Array,
  isPushed: (address: Address) => boolean,
): (address: Address) => boolean {
  const owned = new Set<Address>();
  return (address) => {
    if (owned.has(address)) return true;
    if (isPushed(address)) return false;
    const account = svm.getAccount(bytesOf(address));
    if (account === null) return false;
    if (!account.executable() && !RESERVED_OWNERS.has(addressFromBytes(account.owner()))) return false;
    owned.add(address);
    return true;
  };
}

const SYSVAR_OWNER = parseAddress('Sysvar1111111111111111111111111111111111111');

/** Programs that deploy programs: the engine would keep what they deploy, even after a rollback. */
const LOADERS: ReadonlySet<string> = new Set([
  'NativeLoader1111111111111111111111111111111',
  'BPFLoader1111111111111111111111111111111111',
  'BPFLoader2111111111111111111111111111111111',
  'BPFLoaderUpgradeab1e11111111111111111111111',
  'LoaderV411111111111111111111111111111111111',
]);

/** Who owns what came with the engine. */
const RESERVED_OWNERS: ReadonlySet<string> = new Set([...LOADERS, SYSVAR_OWNER]);

/** Base58 takes longer than a transfer; the same few addresses come again and again. */
function createAddressCache(): (address: Address) => Uint8Array {
  const cache = new Map<Address, Uint8Array>();
  return (address) => {
    const known = cache.get(address);
    if (known !== undefined) return known;
    const bytes = addressToBytes(address);
    if (cache.size >= CACHED_ADDRESSES) cache.clear();
    cache.set(address, bytes);
    return bytes;
  };
}

const CACHED_ADDRESSES = 100_000;

function createAddressReader(): (bytes: Uint8Array) => Address {
  const cache = new Map<string, Address>();
  return (bytes) => {
    const key = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
    const known = cache.get(key);
    if (known !== undefined) return known;
    const address = addressFromBytes(bytes);
    if (cache.size >= CACHED_ADDRESSES) cache.clear();
    cache.set(key, address);
    return address;
  };
}
