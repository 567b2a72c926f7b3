import { type Address, addressToBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { InstructionFailure } from '../../instruction-failure.ts';
import type { EmulatedProgram, ProgramContext, WorkingAccount } from '../../programs/program.ts';
import { rentExemptMinimum } from '../../rent.ts';
import { associatedAddress, INVALID_OWNER } from './associated-address.ts';
import { accountAt, meta, type NativeEnvironment } from './native-environment.ts';
import { recoverNested } from './recover-nested.ts';
import { unpackTokenAccount } from './unpack-token.ts';

/** The Associated Token Account program, version 1. Order of checks, errors and logs as published; units are nominal. */
export function createAssociatedTokenProgram(environment: NativeEnvironment): EmulatedProgram {
  return {
    computeUnits: 12_000n,
    run: (context) => {
      const kind = readKind(context.data);
      context.log(kind);
      switch (kind) {
        case 'Create':
        case 'CreateIdempotent':
          create(context, environment, kind === 'CreateIdempotent');
          return;
        case 'RecoverNested':
          recoverNested(context);
          return;
      }
    },
  };
}

type Kind = 'Create' | 'CreateIdempotent' | 'RecoverNested';

function readKind(data: Uint8Array): Kind {
  const kinds: readonly Kind[] = ['Create', 'CreateIdempotent', 'RecoverNested'];
  const kind = kinds[data[0] ?? 0];
  if (kind === undefined || data.length > 1) throw new InstructionFailure('InvalidInstructionData');
  return kind;
}

function create(context: ProgramContext, environment: NativeEnvironment, isIdempotent: boolean): void {
  const [payer, account, wallet] = [accountAt(context, 0), accountAt(context, 1), accountAt(context, 2)];
  const mint = accountAt(context, 3);
  accountAt(context, 4);
  const { address: tokenProgram } = accountAt(context, 5);
  const derived = associatedAddress(wallet.address, mint.address, tokenProgram);
  if (derived.address !== account.address) {
    context.log('Error: Associated address does not match seed derivation');
    throw new InstructionFailure('InvalidSeeds');
  }
  if (isIdempotent && account.owner === tokenProgram && isThere(context, { account, wallet, mint })) return;
  if (account.owner !== SYSTEM_PROGRAM) throw new InstructionFailure('IllegalOwner');
  const sizeBytes = readAccountSize(context, environment, mint.address, tokenProgram);
  openAccount(context, { payer, account, sizeBytes, owner: tokenProgram, seeds: derived.seeds });
  context.log('Initialize the associated token account');
  const written = meta.writable(account.address);
  context.invoke({ programId: tokenProgram, accounts: [written], data: Uint8Array.of(INITIALIZE_IMMUTABLE_OWNER) });
  context.invoke({
    programId: tokenProgram,
    accounts: [written, meta.readonly(mint.address)],
    data: Uint8Array.of(INITIALIZE_ACCOUNT_3, ...addressToBytes(wallet.address)),
  });
}

/** Instructions of the Token program in use. Source: SPL Token, `TokenInstruction`. */
const INITIALIZE_ACCOUNT_3 = 18;
const GET_ACCOUNT_DATA_SIZE = 21;
const INITIALIZE_IMMUTABLE_OWNER = 22;

/** Extension 7, little-endian: immutable owner. Source: SPL Token-2022, `ExtensionType`. */
const IMMUTABLE_OWNER_EXTENSION = [7, 0];

/** Whether the account exists already, as this wallet's for this mint. */
function isThere(
  { log }: ProgramContext,
  { account, wallet, mint }: { account: WorkingAccount; wallet: WorkingAccount; mint: WorkingAccount },
): boolean {
  const token = unpackTokenAccount(account.data);
  if (token instanceof InstructionFailure) return false;
  if (token.owner !== wallet.address) {
    log('Associated token account owner does not match address derivation');
    throw new InstructionFailure(INVALID_OWNER);
  }
  if (token.mint !== mint.address) throw new InstructionFailure('InvalidAccountData');
  return true;
}

function readAccountSize(
  context: ProgramContext,
  { returnData }: NativeEnvironment,
  mint: Address,
  tokenProgram: Address,
): number {
  if (tokenProgram !== TOKEN_PROGRAM && tokenProgram !== TOKEN_2022_PROGRAM) {
    throw new InstructionFailure('IncorrectProgramId');
  }
  context.invoke({
    programId: tokenProgram,
    accounts: [meta.readonly(mint)],
    data: Uint8Array.of(GET_ACCOUNT_DATA_SIZE, ...IMMUTABLE_OWNER_EXTENSION),
  });
  const answer = returnData()?.data;
  if (answer?.length !== 8) throw new InstructionFailure('InvalidInstructionData');
  return Number(new DataView(answer.buffer, answer.byteOffset).getBigUint64(0, true));
}

/** Lamports someone sent ahead count towards the rent, and then the account is made in three steps. */
function openAccount(
  { invoke }: ProgramContext,
  {
    payer,
    account,
    sizeBytes,
    owner,
    seeds,
  }: {
    payer: WorkingAccount;
    account: WorkingAccount;
    sizeBytes: number;
    owner: Address;
    seeds: readonly Uint8Array[];
  },
): void {
  const rent = rentExemptMinimum(sizeBytes);
  const opened = meta.writableSigner(account.address);
  const system = (accounts: ReturnType<typeof meta.readonly>[], ...parts: readonly Uint8Array[]) => ({
    programId: SYSTEM_PROGRAM,
    accounts,
    data: Uint8Array.from(parts.flatMap((part) => [...part])),
  });
  const [space, ownerBytes] = [u64(BigInt(sizeBytes)), addressToBytes(owner)];
  if (account.lamports === 0n) {
    const accounts = [meta.writableSigner(payer.address), opened];
    invoke(system(accounts, u32(CREATE_ACCOUNT), u64(rent), space, ownerBytes), [seeds]);
    return;
  }
  const missing = rent - account.lamports;
  if (missing > 0n) {
    const accounts = [meta.writableSigner(payer.address), meta.writable(account.address)];
    invoke(system(accounts, u32(TRANSFER), u64(missing)));
  }
  invoke(system([opened], u32(ALLOCATE), space), [seeds]);
  invoke(system([opened], u32(ASSIGN), ownerBytes), [seeds]);
}

/** Instructions of the System program in use. Source: Solana SDK, `SystemInstruction`. */
const CREATE_ACCOUNT = 0;
const ASSIGN = 1;
const TRANSFER = 2;
const ALLOCATE = 8;

function u32(value: number): Uint8Array {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value, true);
  return bytes;
}

function u64(value: bigint): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, value, true);
  return bytes;
}
