import type { Address } from '#core/solana/address.ts';
import { commitChanges, type KnownAccount } from './account-rules.ts';
import { EMPTY_ACCOUNT } from './accounts.ts';
import { failureOf, failureText, InstructionFailure, panicLine } from './instruction-failure.ts';
import type { AccountMeta, Instruction } from './native/native-executor.ts';
import { programAddressOf } from './program-signer.ts';
import type { EmulatedProgram, ProgramContext, WorkingAccount } from './programs/program.ts';
import { runNative } from './run-native.ts';
import type { Session } from './session.ts';

/** Instructions that may be below one another, the top one included. Source: Agave, `MAX_INSTRUCTION_STACK_DEPTH`. */
const MAX_STACK_HEIGHT = 5;

/**
 * Runs one instruction of an emulated program under the runtime's account rules. Its changes are in the session's overlay
 * afterwards.
 *
 * @param callers - programs above this one, outermost first
 * @throws InstructionFailure also for any exception of the program's own code
 */
export function runEmulated(
  session: Session,
  program: EmulatedProgram,
  instruction: Instruction,
  callers: readonly Address[],
): void {
  const { programId } = instruction;
  const { logs, meter } = session;
  const stack = [...callers, programId];
  const unitsBefore = meter.remaining();
  logs.push(`Program ${programId} invoke [${stack.length}]`);
  session.returnData = null;
  const accounts = loadAccounts(session, instruction.accounts);
  const lamportsBefore = sumLamports(accounts.values());
  try {
    if (!meter.consume(program.computeUnits)) throw exhausted(program);
    const context = createContext(session, instruction, accounts, stack, program.isBuiltin === true);
    program.run(context);
    context.commit();
  } catch (cause) {
    const panic = panicLine(cause);
    if (panic !== undefined) logs.push(`Program log: ${panic}`);
    logConsumption(session, program, programId, unitsBefore);
    const failure = failureOf(cause);
    logs.push(`Program ${programId} failed: ${failureText(failure)}`);
    throw failure;
  }
  logConsumption(session, program, programId, unitsBefore);
  logs.push(`Program ${programId} success`);
  if (sumLamports(accounts.values()) !== lamportsBefore) throw new InstructionFailure('UnbalancedInstruction');
}

function exhausted(program: EmulatedProgram): InstructionFailure {
  return program.isBuiltin === true
    ? new InstructionFailure('ComputationalBudgetExceeded')
    : new InstructionFailure('ProgramFailedToComplete', 'exceeded CUs meter at BPF instruction');
}

function logConsumption(
  { logs, meter, returnData }: Session,
  program: EmulatedProgram,
  programId: Address,
  before: bigint,
): void {
  if (program.isBuiltin === true) return;
  logs.push(`Program ${programId} consumed ${before - meter.remaining()} of ${before} compute units`);
  if (returnData !== null) {
    logs.push(`Program return: ${programId} ${Buffer.from(returnData.data).toString('base64')}`);
  }
}

function sumLamports(accounts: Iterable<WorkingAccount>): bigint {
  let sum = 0n;
  for (const { lamports } of accounts) sum += lamports;
  return sum;
}

/** One working account per address; an address named twice has the flags of both. */
function loadAccounts(session: Session, metas: readonly AccountMeta[]): Map<Address, WorkingAccount> {
  const accounts = new Map<Address, WorkingAccount>();
  for (const { address, isSigner, isWritable } of metas) {
    const known = accounts.get(address);
    if (known !== undefined) {
      accounts.set(address, {
        ...known,
        isSigner: known.isSigner || isSigner,
        isWritable: known.isWritable || isWritable,
      });
      continue;
    }
    const { lamports, data, owner } = session.overlay.get(address) ?? EMPTY_ACCOUNT;
    accounts.set(address, {
      address,
      isSigner,
      isWritable,
      lamports,
      data,
      owner,
      executable: isExecutable(session, address),
    });
  }
  return accounts;
}

function isExecutable({ overlay, programs, native }: Session, address: Address): boolean {
  return overlay.get(address)?.executable === true || programs.has(address) || native.hasProgram(address);
}

function createContext(
  session: Session,
  { programId, accounts: metas, data }: Instruction,
  accounts: ReadonlyMap<Address, WorkingAccount>,
  stack: readonly Address[],
  isBuiltin: boolean,
): ProgramContext & { commit: () => void } {
  const sizesAtStart = isBuiltin
    ? undefined
    : new Map([...accounts].map(([address, account]) => [address, account.data.length]));
  const known = new Map<Address, KnownAccount>(
    [...accounts].map(([address, { lamports, data: bytes, owner }]) => [address, { lamports, data: bytes, owner }]),
  );
  const commit = () => commitChanges(programId, accounts.values(), sizesAtStart, session.overlay, known);
  const reload = () => {
    for (const account of accounts.values()) {
      const { lamports, data: bytes, owner } = session.overlay.get(account.address) ?? EMPTY_ACCOUNT;
      Object.assign(account, { lamports, data: bytes, owner });
      known.set(account.address, { lamports, data: bytes, owner });
    }
  };
  return {
    programId,
    accounts: metas.map(({ address }) => accounts.get(address)).filter((account) => account !== undefined),
    data,
    clock: session.clock,
    log: (text) => session.logs.push(`Program log: ${text}`),
    commit,
    invoke: (instruction, signers = []) => {
      commit();
      const derived = new Set(signers.map((seeds) => programAddressOf(seeds, programId)));
      checkPrivileges(session, instruction, accounts, derived);
      call(session, instruction, stack);
      reload();
    },
  };
}

/** Whether the caller may hand on what it hands on. Source: Agave, `InvokeContext::prepare_next_instruction`. */
function checkPrivileges(
  { logs }: Session,
  { programId, accounts: metas }: Instruction,
  own: ReadonlyMap<Address, WorkingAccount>,
  derived: ReadonlySet<Address>,
): void {
  for (const { address, isSigner, isWritable } of metas) {
    const granted = own.get(address);
    if (granted === undefined) {
      logs.push(`Instruction references an unknown account ${address}`);
      throw new InstructionFailure('MissingAccount');
    }
    if (isWritable && !granted.isWritable) {
      logs.push(`${address}'s writable privilege escalated`);
      throw new InstructionFailure('PrivilegeEscalation');
    }
    if (isSigner && !granted.isSigner && !derived.has(address)) {
      logs.push(`${address}'s signer privilege escalated`);
      throw new InstructionFailure('PrivilegeEscalation');
    }
  }
  const program = own.get(programId);
  if (program === undefined) {
    logs.push(`Unknown program ${programId}`);
    throw new InstructionFailure('MissingAccount');
  }
  if (!program.executable) {
    logs.push(`Account ${programId} is not executable`);
    throw new InstructionFailure('AccountNotExecutable');
  }
}

function call(session: Session, instruction: Instruction, stack: readonly Address[]): void {
  const { programId } = instruction;
  if (stack.length >= MAX_STACK_HEIGHT) throw new InstructionFailure('CallDepth');
  if (stack.includes(programId) && stack.at(-1) !== programId) throw new InstructionFailure('ReentrancyNotAllowed');
  session.inner.push({
    programIdIndex: session.indexOf(programId),
    accounts: instruction.accounts.map(({ address }) => session.indexOf(address)),
    data: instruction.data,
    stackHeight: stack.length + 1,
  });
  const program = session.programs.get(programId);
  if (program !== undefined) {
    runEmulated(session, program, instruction, stack);
    return;
  }
  const failure = runNative(session, [instruction], (calls) => session.inner.push(...calls.flat()), stack.length);
  if (failure === null) return;
  if (typeof failure === 'object' && 'InstructionError' in failure) {
    throw new InstructionFailure(failure.InstructionError[1]);
  }
  // Only a call that leaves an account too poor for rent ends here, and no emulated program makes one.
  throw new InstructionFailure('ProgramFailedToComplete');
}
