import { addressToBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { rentExemptMinimum } from '../../rent.ts';
import type { ProgramContext, WorkingAccount } from '../program.ts';
import { failAt } from './anchor-error.ts';

/** Bytes an account may grow by in one instruction. Source: Solana SDK, `MAX_PERMITTED_DATA_INCREASE`. */
const MAX_DATA_INCREASE = 10_240;

/**
 * `init`: creates the account at its program address and lets the payer fund its rent. An address that already holds
 * lamports is topped up, allocated and assigned, which fails in the System program if somebody uses it.
 *
 * @param seeds - with the bump
 */
export function createProgramAccount(
  context: ProgramContext,
  {
    payer,
    account,
    seeds,
    sizeBytes,
  }: {
    payer: WorkingAccount;
    account: WorkingAccount;
    seeds: readonly Uint8Array[];
    sizeBytes: number;
  },
): void {
  const minimum = rentExemptMinimum(sizeBytes);
  const owner = addressToBytes(context.programId);
  if (account.lamports === 0n) {
    const data = concat(u32(0), u64(minimum), u64(BigInt(sizeBytes)), owner);
    invokeSystem(context, data, [payer, account], [payer, account], [seeds]);
    return;
  }
  if (account.lamports < minimum) transfer(context, payer, account, minimum - account.lamports);
  invokeSystem(context, concat(u32(8), u64(BigInt(sizeBytes))), [account], [account], [seeds]);
  invokeSystem(context, concat(u32(1), owner), [account], [account], [seeds]);
}

/**
 * `realloc`: changes the account's size; growth is paid by the payer, what becomes free goes back to it.
 *
 * Fails with 3016 for growth above 10,240 bytes.
 */
export function resizeAccount(
  context: ProgramContext,
  {
    name,
    payer,
    account,
    sizeBytes,
  }: {
    name: string;
    payer: WorkingAccount;
    account: WorkingAccount;
    sizeBytes: number;
  },
): void {
  const growth = sizeBytes - account.data.length;
  if (growth === 0) return;
  if (growth > MAX_DATA_INCREASE) failAt(context, name, 'AccountReallocExceedsLimit');
  const minimum = rentExemptMinimum(sizeBytes);
  if (growth > 0) {
    transfer(context, payer, account, minimum > account.lamports ? minimum - account.lamports : 0n);
  } else if (account.lamports > minimum) {
    payer.lamports += account.lamports - minimum;
    account.lamports = minimum;
  }
  const resized = new Uint8Array(sizeBytes);
  resized.set(account.data.subarray(0, sizeBytes));
  account.data = resized;
}

/** `close`: empties the account into the target and gives it back to the System program. */
export function closeAccount(account: WorkingAccount, target: WorkingAccount): void {
  target.lamports += account.lamports;
  account.lamports = 0n;
  account.data = new Uint8Array(0);
  account.owner = SYSTEM_PROGRAM;
}

/** Puts encoded fields at the start of an account; what lies behind them stays. */
export function storeFields(account: WorkingAccount, encoded: Uint8Array): void {
  const data = account.data.slice();
  data.set(encoded);
  account.data = data;
}

function transfer(context: ProgramContext, from: WorkingAccount, to: WorkingAccount, lamports: bigint): void {
  invokeSystem(context, concat(u32(2), u64(lamports)), [from, to], [from], []);
}

function invokeSystem(
  context: ProgramContext,
  data: Uint8Array,
  accounts: readonly WorkingAccount[],
  signers: readonly WorkingAccount[],
  signerSeeds: readonly (readonly Uint8Array[])[],
): void {
  context.invoke(
    {
      programId: SYSTEM_PROGRAM,
      accounts: accounts.map((account) => ({
        address: account.address,
        isSigner: signers.includes(account),
        isWritable: true,
      })),
      data,
    },
    signerSeeds,
  );
}

function u32(value: number): Uint8Array {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint32(0, value, true);
  return new Uint8Array(view.buffer);
}

function u64(value: bigint): Uint8Array {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, value, true);
  return new Uint8Array(view.buffer);
}

function concat(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
