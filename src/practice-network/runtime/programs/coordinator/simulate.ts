import { z } from 'zod';
import {
  COORDINATOR_ACCOUNT_DISCRIMINATOR,
  COORDINATOR_ACCOUNT_SIZE,
  COORDINATOR_ACCOUNT_VERSION,
  decodeCoordinatorAccount,
  fieldRange,
} from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { ProgramPanic } from '../../instruction-failure.ts';
import { runOperations } from './run-call.ts';
import type { Moment } from './state-machine/moment.ts';
import { perform } from './state-machine/perform.ts';
import { RunRefusal } from './state-machine/run-refusal.ts';
import { type TraceCall, traceCall, TraceStep, walletOf } from './trace-step.ts';
import { type TraceView, traceView } from './trace-view.ts';

/** A trace file: steps in order on a fresh run. Fields beyond these are ignored, so a file with results can be replayed. */
export const Trace = z.object({ name: z.string(), steps: z.array(TraceStep) });

export type Trace = z.infer<typeof Trace>;

/** What one step did. A refused one leaves the state as it was; `code` is `null` where the program aborts without one. */
export type TraceResult = 'ok' | { readonly error: string; readonly code: number | null };

/**
 * Plays the steps of a trace on a fresh run.
 *
 * @throws AppError `codec/…` for arguments that fit no instruction
 */
export function simulateTrace(trace: Trace): {
  readonly steps: readonly { readonly result: TraceResult; readonly after: TraceView }[];
} {
  const names = new Map<string, string>();
  const identityOf = (signer: string) => {
    const wallet = walletOf(signer);
    names.set(wallet.join(), signer);
    return wallet;
  };
  const nameOf = (wallet: Uint8Array) => names.get(wallet.join()) ?? '';
  let account = freshAccount();
  const steps = trace.steps.map((step) => {
    const moment: Moment = {
      unixTimestamp: BigInt(step.unix_timestamp),
      slot: BigInt(step.slot),
      log: () => undefined,
    };
    const call = traceCall(step, identityOf);
    const signer = identityOf(call.signer ?? 'authority');
    const { result, after } = attempt(account, call, signer, moment);
    account = after;
    return { result, after: traceView(after, nameOf) };
  });
  return { steps };
}

function attempt(
  account: CoordinatorAccount,
  call: TraceCall,
  signer: Uint8Array,
  moment: Moment,
): { result: TraceResult; after: CoordinatorAccount } {
  try {
    return { result: 'ok', after: perform(account, moment, (state) => runCall(state, call, signer, moment)) };
  } catch (refusal) {
    if (refusal instanceof ProgramPanic)
      return { result: { error: 'ProgramFailedToComplete', code: null }, after: account };
    if (!(refusal instanceof RunRefusal)) throw refusal;
    return { result: { error: refusal.errorName, code: refusal.code }, after: account };
  }
}

/** One call, its arguments matched to its operation. */
function runCall(
  state: CoordinatorAccount['state'],
  { name, args }: TraceCall,
  signer: Uint8Array,
  moment: Moment,
): void {
  const operation = runOperations[name] as (s: typeof state, a: typeof args, w: Uint8Array, m: Moment) => void;
  operation(state, args, signer, moment);
}

/** A run right after `init_coordinator`, everything else zero. */
function freshAccount(): CoordinatorAccount {
  const bytes = new Uint8Array(COORDINATOR_ACCOUNT_SIZE);
  bytes.set(COORDINATOR_ACCOUNT_DISCRIMINATOR);
  new DataView(bytes.buffer).setBigUint64(fieldRange('version').start, COORDINATOR_ACCOUNT_VERSION, true);
  return decodeCoordinatorAccount(bytes);
}
