import { PublicKey, TransactionMessage, type TransactionInstruction } from '@solana/web3.js';
import type { Address } from '#core/solana/address.ts';

/** Bytes a wire transaction may have. Source: Solana SDK, `PACKET_DATA_SIZE`. */
export const TRANSACTION_MAX_BYTES = 1232;

const SIGNATURE_BYTES = 64;

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

/** Bytes of the wire transaction these instructions make: signatures and message. Needs no blockhash. */
export function wireSizeOf(instructions: readonly TransactionInstruction[], payer: Address): number {
  const message = new TransactionMessage({
    payerKey: new PublicKey(payer),
    recentBlockhash: PublicKey.default.toBase58(),
    instructions: [...instructions],
  }).compileToLegacyMessage();
  return 1 + SIGNATURE_BYTES * message.header.numRequiredSignatures + message.serialize().length;
}
