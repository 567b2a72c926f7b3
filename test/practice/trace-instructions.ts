import { encodeInstruction, instructionAccounts } from '#core/codec/instruction-codec.ts';
import type { CoordinatorInstructions } from '#core/layouts/generated/coordinator.ts';
import { DEFAULT_PROGRAM_IDS, type ProgramName } from '#core/layouts/programs.ts';
import { type Address, addressFromBytes, parseAddress } from '#core/solana/address.ts';
import type { Instruction } from '#practice/runtime/native/native-executor.ts';
import { traceCall, type TraceStep } from '#practice/runtime/programs/coordinator/trace-step.ts';

/** Who and what a run's instructions are about. `payer` and `authority` may be the same wallet. */
export type RunKeys = {
  readonly authority: Address;
  readonly instance: Address;
  readonly account: Address;
  /** Authorization that lets every signer of the trace join. */
  readonly authorization: Address;
};

/**
 * Puts an instruction of a run program together: data from the codec, accounts by name.
 *
 * @param keys - every account without a constant address, by its name in the interface
 */
export function programInstruction(
  program: ProgramName,
  name: string,
  args: Readonly<Record<string, unknown>>,
  keys: Readonly<Record<string, Address>>,
): Instruction {
  return {
    programId: DEFAULT_PROGRAM_IDS[program],
    accounts: instructionAccounts(program, name).map((account) => {
      const address = account.constant === undefined ? keys[account.name] : parseAddress(account.constant);
      if (address === undefined) throw new Error(`${program}.${name} needs ${account.name}`);
      return { address, isSigner: account.isSigner, isWritable: account.isWritable };
    }),
    data: encodeInstruction(program, name, args),
  };
}

/** A coordinator instruction on an existing run; `user` signs those that are not the authority's and gets what closing frees. */
export function runInstruction<N extends keyof CoordinatorInstructions>(
  name: N,
  args: CoordinatorInstructions[N],
  run: RunKeys,
  user: Address,
): Instruction {
  return programInstruction('coordinator', name, args, {
    authority: run.authority,
    user,
    spill: user,
    authorization: run.authorization,
    coordinator_instance: run.instance,
    coordinator_account: run.account,
  });
}

/** A step of a trace as the instruction that makes it, and the wallet that signs it. */
export function traceInstruction(
  step: TraceStep,
  run: RunKeys,
  walletOf: (signer: string) => Uint8Array,
): { readonly instruction: Instruction; readonly signer: string | undefined } {
  const call = traceCall(step, walletOf);
  const { signer } = call;
  const user = signer === undefined ? run.authority : addressFromBytes(walletOf(signer));
  return { instruction: runInstruction(call.name, call.args, run, user), signer };
}
