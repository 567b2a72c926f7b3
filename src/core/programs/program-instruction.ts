import { PublicKey, TransactionInstruction } from '@solana/web3.js';
import { encodeInstruction, instructionAccounts } from '#core/codec/instruction-codec.ts';
import type { InstructionAccount } from '#core/codec/program-interface.ts';
import type { ProgramIds, ProgramName } from '#core/layouts/programs.ts';
import { parseAddress, type Address } from '#core/solana/address.ts';

/** An instruction of a run program before it has bytes. */
export type ProgramCall = {
  readonly program: ProgramName;
  readonly instruction: string;
  /** Arguments under the chain's names, in the conventions of `core/codec`. */
  readonly args: Readonly<Record<string, unknown>>;
  /** One address for every account of the interface that is not a constant. */
  readonly keys: Readonly<Record<string, Address>>;
};

/**
 * Bytes and account list of a call, both from the program's interface file.
 *
 * @param programs - program ids of the network; they also stand in for accounts such as `coordinator_program`
 */
export function programInstruction(call: ProgramCall, programs: ProgramIds): TransactionInstruction {
  return new TransactionInstruction({
    programId: new PublicKey(programs[call.program]),
    keys: instructionAccounts(call.program, call.instruction).map((account) => ({
      pubkey: new PublicKey(addressOf(account, call, programs)),
      isSigner: account.isSigner,
      isWritable: account.isWritable,
    })),
    data: Buffer.from(encodeInstruction(call.program, call.instruction, call.args)),
  });
}

function addressOf(account: InstructionAccount, call: ProgramCall, programs: ProgramIds): Address {
  const given = call.keys[account.name] ?? programIdByRole(account.name, programs);
  if (given) return given;
  if (account.constant === undefined)
    throw new Error(`${call.program}.${call.instruction} needs the account ${account.name}`);
  return parseAddress(account.constant);
}

function programIdByRole(accountName: string, programs: ProgramIds): Address | undefined {
  return accountName === 'coordinator_program' ? programs.coordinator : undefined;
}
