import { readFileSync } from 'node:fs';
import { hexToBytes } from '@noble/hashes/utils.js';
import { PublicKey, TransactionInstruction } from '@solana/web3.js';

/** One entry of `vectors/instructions.json`, as far as tests need it. */
export type InstructionVector = {
  readonly name: string;
  readonly program: string;
  readonly programId: string;
  readonly instruction: string;
  readonly dataHex: string;
  readonly accounts: readonly { name: string; pubkey: string; isSigner: boolean; isWritable: boolean }[];
};

/** All recorded instructions of the run programs and of the programs they are used with. */
export function readInstructionVectors(): readonly InstructionVector[] {
  const file = readFileSync('test/fixtures/psyche/vectors/instructions.json', 'utf8');
  return (JSON.parse(file) as { vectors: InstructionVector[] }).vectors;
}

/** A recorded instruction as web3.js takes it. */
export function instructionOf({ programId, accounts, dataHex }: InstructionVector): TransactionInstruction {
  return new TransactionInstruction({
    programId: new PublicKey(programId),
    keys: accounts.map(({ pubkey, isSigner, isWritable }) => ({ pubkey: new PublicKey(pubkey), isSigner, isWritable })),
    data: Buffer.from(hexToBytes(dataHex)),
  });
}
