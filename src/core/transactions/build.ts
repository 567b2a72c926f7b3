import { PublicKey, TransactionMessage, type TransactionInstruction } from '@solana/web3.js';
import { advanceNonce } from '#core/programs/nonce.ts';
import type { Address } from '#core/solana/address.ts';
import type { NonceLifetime } from './lifetime.ts';

/** Bytes a wire transaction may have. Source: Solana SDK, `PACKET_DATA_SIZE`. */
export const TRANSACTION_MAX_BYTES = 1232;

const SIGNATURE_BYTES = 64;
const ADDRESS_BYTES = 32;
const HEADER_BYTES = 3;

/**
 * Legacy message bytes. Made once: what is reviewed, approved and signed are these bytes.
 *
 * @param blockhash - base58; its age decides how long the bytes can land
 */
export function buildMessage(
  instructions: readonly TransactionInstruction[],
  { payer, blockhash }: { payer: Address; blockhash: string },
): Uint8Array {
  const message = new TransactionMessage({
    payerKey: new PublicKey(payer),
    recentBlockhash: blockhash,
    instructions: [...instructions],
  });
  return message.compileToLegacyMessage().serialize();
}

/** The instructions as the runtime wants them under a nonce: its advance comes first, and only there. */
export function withNonce(
  instructions: readonly TransactionInstruction[],
  nonce: Pick<NonceLifetime, 'account' | 'authority'> | undefined,
): readonly TransactionInstruction[] {
  return nonce ? [advanceNonce(nonce.account, nonce.authority), ...instructions] : instructions;
}

/** Bytes of the wire transaction these instructions make: signatures and message. Needs no blockhash. */
export function wireSizeOf(instructions: readonly TransactionInstruction[], payer: Address): number {
  return wirePartsOf(instructions, payer).sizeBytes;
}

/**
 * The same, with what takes how many bytes in the order of the wire. Source: PROTOCOL.md §3.2.
 *
 * @param nameOf - the program's own name of an instruction; empty when it has none
 */
export function wirePartsOf(
  instructions: readonly TransactionInstruction[],
  payer: Address,
  nameOf: (instruction: TransactionInstruction) => string = () => '',
): { readonly sizeBytes: number; readonly parts: { readonly label: string; readonly bytes: number }[] } {
  const { signatures, accounts } = countKeys(instructions, payer);
  const parts = [
    {
      label: `${signatures} ${signatures === 1 ? 'signature' : 'signatures'}`,
      bytes: 1 + SIGNATURE_BYTES * signatures,
    },
    { label: 'Header and blockhash', bytes: HEADER_BYTES + ADDRESS_BYTES + 1 },
    { label: `${accounts} addresses`, bytes: compactLength(accounts) + ADDRESS_BYTES * accounts },
    ...instructions.map((instruction, index) => ({
      label: labelOf(instruction, index, nameOf),
      bytes: 1 + lengthWith(instruction.keys.length) + lengthWith(instruction.data.length),
    })),
  ];
  return { sizeBytes: parts.reduce((sum, { bytes }) => sum + bytes, 0), parts };
}

/** Each key is listed once, whatever it is there for. Counted by bytes: base58 of thousands of keys takes long. */
function countKeys(
  instructions: readonly TransactionInstruction[],
  payer: Address,
): { readonly signatures: number; readonly accounts: number } {
  const payerKey = bytesKey(new PublicKey(payer));
  const signing = new Set([payerKey]);
  const all = new Set([payerKey]);
  for (const { programId, keys } of instructions) {
    all.add(bytesKey(programId));
    for (const { pubkey, isSigner } of keys) {
      const key = bytesKey(pubkey);
      all.add(key);
      if (isSigner) signing.add(key);
    }
  }
  return { signatures: signing.size, accounts: all.size };
}

function bytesKey(key: PublicKey): string {
  return key.toBuffer().toString('latin1');
}

function labelOf(
  instruction: TransactionInstruction,
  index: number,
  nameOf: (instruction: TransactionInstruction) => string,
): string {
  const name = nameOf(instruction);
  return name === '' ? `Instruction ${index + 1}` : `${index + 1}. ${name}`;
}

/** Items of one byte each, with their count before them. */
function lengthWith(items: number): number {
  return compactLength(items) + items;
}

/** Bytes of a length in the compact form of messages. Source: Solana SDK, `short_vec`. */
function compactLength(length: number): number {
  return length < 0x80 ? 1 : length < 0x4000 ? 2 : 3;
}
