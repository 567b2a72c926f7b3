import { type Address, parseAddress } from '#core/solana/address.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  LOOKUP_TABLE_PROGRAM,
  MEMO_PROGRAM,
  MEMO_V1_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from '#core/solana/program-ids.ts';
import { type AccountSource, createOverlay, type StoredAccount } from '../../accounts.ts';
import { createComputeMeter } from '../../compute-meter.ts';
import type { TransactionError } from '../../execution-result.ts';
import { runEmulated } from '../../host.ts';
import { InstructionFailure } from '../../instruction-failure.ts';
import type { ProgramTable } from '../../programs/program.ts';
import type { Session } from '../../session.ts';
import type {
  AccountMeta,
  Instruction,
  NativeExecutor,
  NativeInnerInstruction,
  NativeRequest,
  NativeResult,
} from '../native-executor.ts';
import { createAssociatedTokenProgram } from './associated-token-program.ts';
import { lookupTableProgram } from './lookup-table/lookup-table-program.ts';
import { memoProgram, memoV1Program } from './memo-program.ts';
import type { NativeEnvironment } from './native-environment.ts';
import { RESERVED_ADDRESSES } from './reserved-addresses.ts';
import { createSystemProgram } from './system-program.ts';
import { createTokenProgram } from './token/token-program.ts';

/**
 * System, Token, Associated Token Account, Memo and lookup tables written in TypeScript, on the same host as the run programs: for machines
 * the engine has no build for. Outcome, error and every byte equal the engine's (`differential-fuzz.test.ts`); compute units
 * are nominal. Absent, and answered as programs that do not exist: Token-2022, stake, vote, precompiles.
 */
export function createTypescriptExecutor(): NativeExecutor {
  return { hasProgram: (address) => PROGRAMS.has(address), execute };
}

const PROGRAMS: ReadonlySet<Address> = new Set([
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
  ASSOCIATED_TOKEN_PROGRAM,
  LOOKUP_TABLE_PROGRAM,
  MEMO_PROGRAM,
  MEMO_V1_PROGRAM,
]);

function createPrograms(environment: NativeEnvironment): ProgramTable {
  return new Map([
    [SYSTEM_PROGRAM, createSystemProgram(environment)],
    [TOKEN_PROGRAM, createTokenProgram(environment)],
    [ASSOCIATED_TOKEN_PROGRAM, createAssociatedTokenProgram(environment)],
    [MEMO_PROGRAM, memoProgram],
    [MEMO_V1_PROGRAM, memoV1Program],
    [LOOKUP_TABLE_PROGRAM, lookupTableProgram],
  ]);
}

function execute(request: NativeRequest): NativeResult {
  const logs: string[] = [];
  const overlay = createOverlay((address) =>
    RESERVED_ADDRESSES.has(address) ? RESERVED_ACCOUNT : request.accounts(address),
  );
  const meter = createComputeMeter(request.unitLimit);
  const keys = createKeyList();
  const session: Session = {
    overlay,
    meter,
    logs: { push: (line) => logs.push(line), lines: () => logs },
    clock: request.clock,
    blockhash: request.blockhash,
    native: NOTHING_ELSE,
    programs: createPrograms({
      blockhash: request.blockhash,
      trace: (line) => logs.push(line),
      setReturnData: (returned) => {
        session.returnData = returned;
      },
      returnData: () => session.returnData,
      growth: { bytes: 0 },
    }),
    indexOf: keys.indexOf,
    inner: [],
    returnData: null,
  };
  const inner: NativeInnerInstruction[][] = [];
  const err = runAll(session, withGrantedFlags(request), () => {
    inner.push(
      session.inner.map(({ programIdIndex, accounts, data, stackHeight }) => ({
        programId: keys.at(programIdIndex),
        accounts: accounts.map(keys.at),
        data,
        stackHeight,
      })),
    );
  });
  return {
    err: err === null ? null : { kind: 'transaction', err },
    logs,
    unitsConsumed: meter.consumed(),
    inner,
    returnData: session.returnData,
    changed: err === null ? differing(overlay.changed(), request.accounts) : new Map(),
  };
}

function runAll(session: Session, instructions: readonly Instruction[], onEnd: () => void): TransactionError | null {
  for (const [index, instruction] of instructions.entries()) {
    const program = session.programs.get(instruction.programId);
    if (program === undefined) return 'ProgramAccountNotFound';
    session.inner = [];
    try {
      runEmulated(session, program, instruction, []);
    } catch (failure) {
      if (failure instanceof InstructionFailure) return { InstructionError: [index, failure.error] };
      throw failure;
    } finally {
      onEnd();
    }
  }
  return null;
}

/** A program or sysvar as its users see it, whatever the bank stores for its clients: there, and nobody's to use. */
const RESERVED_ACCOUNT: StoredAccount = {
  lamports: 1n,
  data: new Uint8Array(1),
  owner: parseAddress('Sysvar1111111111111111111111111111111111111'),
  executable: false,
};

/** Leaves out what was written and is as it was: an amount that came and went. */
function differing(changed: ReadonlyMap<Address, StoredAccount>, before: AccountSource): Map<Address, StoredAccount> {
  return new Map(
    [...changed].filter(([address, after]) => {
      const known = before(address);
      const isSame = known?.lamports === after.lamports && known.owner === after.owner;
      return !isSame || Buffer.compare(known.data, after.data) !== 0;
    }),
  );
}

/** Every account with the flags it has anywhere in the run, as in a transaction; programs and sysvars read-only. */
function withGrantedFlags({ instructions, accounts }: NativeRequest): Instruction[] {
  const granted = new Map<Address, AccountMeta>();
  for (const meta of instructions.flatMap((instruction) => instruction.accounts)) {
    const known = granted.get(meta.address);
    granted.set(meta.address, {
      address: meta.address,
      isSigner: meta.isSigner || known?.isSigner === true,
      isWritable: meta.isWritable || known?.isWritable === true,
    });
  }
  for (const [address, meta] of granted) {
    const isReserved = RESERVED_ADDRESSES.has(address) || accounts(address)?.executable === true;
    if (isReserved) granted.set(address, { ...meta, isWritable: false });
  }
  return instructions.map((instruction) => ({
    ...instruction,
    accounts: instruction.accounts.map((meta) => granted.get(meta.address) ?? meta),
  }));
}

/** Numbers for addresses, in the order they are first asked for. */
function createKeyList() {
  const keys: Address[] = [];
  return {
    indexOf: (address: Address): number => {
      const index = keys.indexOf(address);
      return index === -1 ? keys.push(address) - 1 : index;
    },
    at: (index: number): Address => {
      const address = keys[index];
      if (address === undefined) throw new RangeError(`no address has number ${index}`);
      return address;
    },
  };
}

/** There is no engine below this one: a call to any other program ends the caller. */
const NOTHING_ELSE: NativeExecutor = {
  hasProgram: () => false,
  execute: () => ({
    err: { kind: 'transaction', err: { InstructionError: [0, 'UnsupportedProgramId'] } },
    logs: [],
    unitsConsumed: 0n,
    inner: [],
    returnData: null,
    changed: new Map(),
  }),
};
