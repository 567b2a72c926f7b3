import { equalBytes } from '#core/units/equal-bytes.ts';
import { AppError } from '#core/errors/app-error.ts';
import { decodeMessage, encodeMessage, type Message } from './message.ts';

/** Bytes a wire transaction may have: one IPv6 packet. Source: Solana SDK, `PACKET_DATA_SIZE`. */
export const MAX_TRANSACTION_BYTES = 1232;

/** Bytes of one ed25519 signature. */
export const SIGNATURE_BYTES = 64;

/** Accounts a message may name: an index is one byte. Source: Solana SDK, `Message::sanitize`. */
const MAX_KEYS = 256;

/**
 * The only way into signing, showing and executing: message bytes that have exactly one reading. The first byte is judged
 * first, then decode → encode must give the input back, then the rules the network applies before it runs anything
 * (`sanitize` of the Solana SDK, and no key twice).
 *
 * @throws AppError `message/…`, one code per refusal
 */
export function passCanonicalGate(bytes: Uint8Array): Message {
  const message = decodeMessage(bytes);
  /* v8 ignore if -- @preserve: the decoder takes no second form of anything, so nothing reaches this; it must hold if it ever did. */
  if (!equalBytes(encodeMessage(message), bytes)) throw new AppError('message/not-canonical', {});
  checkHeader(message);
  checkKeys(message);
  checkInstructions(message);
  const size = wireSize(bytes.length, message.header.requiredSignatures);
  if (size > MAX_TRANSACTION_BYTES)
    throw new AppError('message/too-large', { bytes: size, max: MAX_TRANSACTION_BYTES });
  return message;
}

/** Bytes of the wire transaction once all its signatures are there. */
export function wireSize(messageBytes: number, signatures: number): number {
  return (signatures > 0x7f ? 2 : 1) + signatures * SIGNATURE_BYTES + messageBytes;
}

function checkHeader({ header, staticKeys }: Message): void {
  if (header.requiredSignatures === 0) throw new AppError('message/no-signer', {});
  if (header.readonlySigned >= header.requiredSignatures) throw new AppError('message/payer-read-only', {});
  const needed = header.requiredSignatures + header.readonlyUnsigned;
  if (needed > staticKeys.length) {
    throw new AppError('message/header-exceeds-keys', { needed, keys: staticKeys.length });
  }
}

function checkKeys(message: Message): void {
  const keys = totalKeys(message);
  if (keys > MAX_KEYS) throw new AppError('message/too-many-keys', { keys, max: MAX_KEYS });
  const seen = new Set<string>();
  for (const address of message.staticKeys) {
    if (seen.has(address)) throw new AppError('message/duplicate-key', { address });
    seen.add(address);
  }
  for (const { table, writableIndexes, readonlyIndexes } of message.lookups) {
    if (writableIndexes.length + readonlyIndexes.length === 0) throw new AppError('message/lookup-empty', { table });
  }
}

function checkInstructions(message: Message): void {
  const keys = totalKeys(message);
  for (const [instruction, { programIndex, accountIndexes }] of message.instructions.entries()) {
    for (const index of [programIndex, ...accountIndexes]) {
      if (index >= keys) throw new AppError('message/index-out-of-range', { instruction, index, keys });
    }
    if (programIndex === 0) throw new AppError('message/program-is-payer', { instruction });
    if (programIndex >= message.staticKeys.length) throw new AppError('message/program-from-table', { instruction });
  }
}

function totalKeys({ staticKeys, lookups }: Message): number {
  return lookups.reduce(
    (sum, { writableIndexes, readonlyIndexes }) => sum + writableIndexes.length + readonlyIndexes.length,
    staticKeys.length,
  );
}
