import type { InnerInstruction, TransactionError } from './execution-result.ts';
import type { Instruction, NativeInnerInstruction } from './native/native-executor.ts';
import type { Session } from './session.ts';

/** Receives, per instruction of a run, the calls it made. */
export type InnerRecorder = (innerByInstruction: readonly (readonly InnerInstruction[])[]) => void;

/**
 * Runs neighbouring native instructions on the engine and puts what they did into the session.
 *
 * @param height - stack height above them: 0 at the top, the caller's own for a call
 * @returns the failure, its instruction index counted within the run
 */
export function runNative(
  session: Session,
  instructions: readonly Instruction[],
  recordInner: InnerRecorder,
  height = 0,
): TransactionError | null {
  const { overlay, meter, clock, blockhash, native, logs } = session;
  const unitLimit = meter.remaining();
  const result = native.execute({ instructions, accounts: overlay.get, clock, blockhash, unitLimit });
  meter.consume(result.unitsConsumed);
  for (const line of result.logs) logs.push(height === 0 ? line : raiseInvocation(line, height));
  if (result.returnData !== null) session.returnData = result.returnData;
  for (const [address, account] of result.changed) overlay.set(address, account);
  recordInner(result.inner.map((list) => list.map((inner) => indexed(session, inner, height))));
  if (result.err === null) return null;
  if (result.err.kind === 'transaction') return result.err.err;
  return { InsufficientFundsForRent: { account_index: session.indexOf(result.err.account) } };
}

function indexed(
  { indexOf }: Session,
  { programId, accounts, data, stackHeight }: NativeInnerInstruction,
  height: number,
): InnerInstruction {
  return {
    programIdIndex: indexOf(programId),
    accounts: accounts.map(indexOf),
    data,
    stackHeight: stackHeight + height,
  };
}

/** The engine counts stack heights from 1; below an emulated program they continue from the caller's. */
function raiseInvocation(line: string, height: number): string {
  return line.replace(INVOCATION, (_, head: string, depth: string) => `${head}[${Number(depth) + height}]`);
}

const INVOCATION = /^(Program [1-9A-HJ-NP-Za-km-z]{32,44} invoke )\[(\d+)\]$/u;
