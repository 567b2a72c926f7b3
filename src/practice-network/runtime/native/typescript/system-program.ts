import { createHash } from 'node:crypto';
import { type Address, addressFromBytes, addressToBytes } from '#core/solana/address.ts';
import { MAX_SEED_BYTES } from '#core/solana/pda.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { InstructionFailure } from '../../instruction-failure.ts';
import type { EmulatedProgram, ProgramContext, WorkingAccount } from '../../programs/program.ts';
import { changeLamports, changeOwner, changeSize, MAX_ACCOUNT_BYTES } from './builtin-accounts.ts';
import { createDataReader, type DataReader } from './data-reader.ts';
import type { NativeEnvironment } from './native-environment.ts';
import {
  advanceNonce,
  authorizeNonce,
  accountAt,
  initializeNonce,
  type SystemCall,
  upgradeNonce,
  withdrawNonce,
} from './system-nonce.ts';

/** Codes of the System program's errors in use here. Source: Solana SDK, `SystemError`. */
const ACCOUNT_ALREADY_IN_USE = { Custom: 0 };
const RESULT_WITH_NEGATIVE_LAMPORTS = { Custom: 1 };
const INVALID_ACCOUNT_DATA_LENGTH = { Custom: 3 };
const ADDRESS_WITH_SEED_MISMATCH = { Custom: 5 };

/** The System program. Order of checks, errors and logs follow Agave's `system_processor.rs`; 150 units, its `DEFAULT_COMPUTE_UNITS`. */
export function createSystemProgram(environment: NativeEnvironment): EmulatedProgram {
  return {
    computeUnits: 150n,
    isBuiltin: true,
    run: (context) => {
      const reader = createDataReader(context.data);
      const instruction = INSTRUCTIONS[reader.u32()];
      if (instruction === undefined) throw new InstructionFailure('InvalidInstructionData');
      const signers = new Set(context.accounts.filter(({ isSigner }) => isSigner).map(({ address }) => address));
      instruction({ context, environment, signers }, reader);
    },
  };
}

/** Of a derivation, which comes as a code of its own. Source: Solana SDK, `PubkeyError`. */
const SEED_TOO_LONG = { Custom: 0 };
const ILLEGAL_OWNER = { Custom: 2 };

/** An address that signs for itself, or through the base it was derived from. */
type Claim = { readonly address: Address; readonly base: Address | undefined };

type Instruction = (call: SystemCall, reader: DataReader) => void;

/** By the number an instruction starts with. All arguments are read before anything is checked. Source: Solana SDK, `SystemInstruction`. */
const INSTRUCTIONS: readonly Instruction[] = [
  function createAccount(call, reader) {
    const [lamports, space, owner] = [reader.u64(), reader.u64(), reader.address()];
    requireAccounts(call.context, 2);
    const to = accountAt(call.context, 1);
    createAndFund(call, { address: to.address, base: undefined }, { lamports, space, owner });
  },
  function assign(call, reader) {
    const owner = reader.address();
    const account = accountAt(call.context, 0);
    assignTo(call, account, { address: account.address, base: undefined }, owner);
  },
  function transfer(call, reader) {
    const lamports = reader.u64();
    requireAccounts(call.context, 2);
    moveSigned(call, accountAt(call.context, 0), accountAt(call.context, 1), lamports);
  },
  function createAccountWithSeed(call, reader) {
    const [base, seed] = [reader.address(), reader.text()];
    const [lamports, space, owner] = [reader.u64(), reader.u64(), reader.address()];
    requireAccounts(call.context, 2);
    const { address } = accountAt(call.context, 1);
    createAndFund(call, claimWithSeed(call, address, { base, seed, owner }), { lamports, space, owner });
  },
  advanceNonce,
  (call, reader) => withdrawNonce(call, reader.u64()),
  (call, reader) => initializeNonce(call, reader.address()),
  (call, reader) => authorizeNonce(call, reader.address()),
  function allocate(call, reader) {
    const space = reader.u64();
    const account = accountAt(call.context, 0);
    allocateSpace(call, account, { address: account.address, base: undefined }, space);
  },
  function allocateWithSeed(call, reader) {
    const [base, seed, space, owner] = [reader.address(), reader.text(), reader.u64(), reader.address()];
    const account = accountAt(call.context, 0);
    const claim = claimWithSeed(call, account.address, { base, seed, owner });
    allocateSpace(call, account, claim, space);
    assignTo(call, account, claim, owner);
  },
  function assignWithSeed(call, reader) {
    const [base, seed, owner] = [reader.address(), reader.text(), reader.address()];
    const account = accountAt(call.context, 0);
    assignTo(call, account, claimWithSeed(call, account.address, { base, seed, owner }), owner);
  },
  function transferWithSeed(call, reader) {
    const [lamports, seed, owner] = [reader.u64(), reader.text(), reader.address()];
    requireAccounts(call.context, 3);
    moveDerived(call, { seed, owner }, lamports);
  },
  upgradeNonce,
  function createAccountAllowPrefund(call, reader) {
    const [lamports, space, owner] = [reader.u64(), reader.u64(), reader.address()];
    requireAccounts(call.context, lamports > 0n ? 2 : 1);
    const to = accountAt(call.context, 0);
    const claim = { address: to.address, base: undefined };
    allocateSpace(call, to, claim, space);
    assignTo(call, to, claim, owner);
    if (lamports > 0n) moveSigned(call, accountAt(call.context, 1), to, lamports);
  },
];

function requireAccounts({ accounts }: ProgramContext, count: number): void {
  if (accounts.length < count) throw new InstructionFailure('MissingAccount');
}

function createAndFund(
  call: SystemCall,
  claim: Claim,
  { lamports, space, owner }: { lamports: bigint; space: bigint; owner: Address },
): void {
  const to = accountAt(call.context, 1);
  if (to.lamports > 0n) {
    call.environment.trace(`Create Account: account ${formatClaim(claim)} already in use`);
    throw new InstructionFailure(ACCOUNT_ALREADY_IN_USE);
  }
  allocateSpace(call, to, claim, space);
  assignTo(call, to, claim, owner);
  moveSigned(call, accountAt(call.context, 0), to, lamports);
}

function allocateSpace({ environment, signers }: SystemCall, account: WorkingAccount, claim: Claim, space: bigint) {
  if (!signers.has(claim.base ?? claim.address)) {
    environment.trace(`Allocate: 'to' account ${formatClaim(claim)} must sign`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  if (account.data.length > 0 || account.owner !== SYSTEM_PROGRAM) {
    environment.trace(`Allocate: account ${formatClaim(claim)} already in use`);
    throw new InstructionFailure(ACCOUNT_ALREADY_IN_USE);
  }
  if (space > BigInt(MAX_ACCOUNT_BYTES)) {
    environment.trace(`Allocate: requested ${space}, max allowed ${MAX_ACCOUNT_BYTES}`);
    throw new InstructionFailure(INVALID_ACCOUNT_DATA_LENGTH);
  }
  changeSize(account, Number(space), environment);
}

function assignTo({ environment, signers }: SystemCall, account: WorkingAccount, claim: Claim, owner: Address): void {
  if (account.owner === owner) return;
  if (!signers.has(claim.base ?? claim.address)) {
    environment.trace(`Assign: account ${formatClaim(claim)} must sign`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  changeOwner(account, owner);
}

function moveSigned(call: SystemCall, from: WorkingAccount, to: WorkingAccount, lamports: bigint): void {
  if (!from.isSigner) {
    call.environment.trace(`Transfer: \`from\` account ${from.address} must sign`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  move(call, from, to, lamports);
}

function moveDerived(call: SystemCall, { seed, owner }: { seed: string; owner: Address }, lamports: bigint): void {
  const { context, environment } = call;
  const [from, base, to] = [accountAt(context, 0), accountAt(context, 1), accountAt(context, 2)];
  if (!base.isSigner) {
    environment.trace(`Transfer: 'from' account ${base.address} must sign`);
    throw new InstructionFailure('MissingRequiredSignature');
  }
  const derived = addressWithSeed(base.address, seed, owner);
  if (from.address !== derived) {
    environment.trace(`Transfer: 'from' address ${from.address} does not match derived address ${derived}`);
    throw new InstructionFailure(ADDRESS_WITH_SEED_MISMATCH);
  }
  move(call, from, to, lamports);
}

function move({ environment }: SystemCall, from: WorkingAccount, to: WorkingAccount, lamports: bigint): void {
  if (from.data.length > 0) {
    environment.trace('Transfer: `from` must not carry data');
    throw new InstructionFailure('InvalidArgument');
  }
  if (lamports > from.lamports) {
    environment.trace(`Transfer: insufficient lamports ${from.lamports}, need ${lamports}`);
    throw new InstructionFailure(RESULT_WITH_NEGATIVE_LAMPORTS);
  }
  changeLamports(from, -lamports);
  changeLamports(to, lamports);
}

function claimWithSeed(
  { environment }: SystemCall,
  address: Address,
  { base, seed, owner }: { base: Address; seed: string; owner: Address },
): Claim {
  const derived = addressWithSeed(base, seed, owner);
  if (derived !== address) {
    environment.trace(`Create: address ${address} does not match derived address ${derived}`);
    throw new InstructionFailure(ADDRESS_WITH_SEED_MISMATCH);
  }
  return { address, base };
}

/** What no owner of a derived address may end in: it would pass for a program address. Source: Solana SDK, `PDA_MARKER`. */
const PROGRAM_ADDRESS_MARKER = 'ProgramDerivedAddress';

/** `sha256(base ‖ seed ‖ owner)`. Source: Solana SDK, `create_with_seed`. @throws InstructionFailure Custom 0, Custom 2 */
function addressWithSeed(base: Address, seed: string, owner: Address): Address {
  if (Buffer.byteLength(seed) > MAX_SEED_BYTES) throw new InstructionFailure(SEED_TOO_LONG);
  const ownerBytes = addressToBytes(owner);
  const end = Buffer.from(ownerBytes.subarray(-PROGRAM_ADDRESS_MARKER.length)).toString('latin1');
  if (end === PROGRAM_ADDRESS_MARKER) throw new InstructionFailure(ILLEGAL_OWNER);
  const hash = createHash('sha256').update(addressToBytes(base)).update(seed).update(ownerBytes).digest();
  return addressFromBytes(Uint8Array.from(hash));
}

/** As Rust prints it. */
function formatClaim({ address, base }: Claim): string {
  return `Address { address: ${address}, base: ${base === undefined ? 'None' : `Some(${base})`} }`;
}
