/** First bytes of a Zstandard frame. Source: RFC 8878 §3.1.1. */
const MAGIC = [0x28, 0xb5, 0x2f, 0xfd];

/** Single segment, four bytes of content size, no checksum, no dictionary. Source: RFC 8878 §3.1.1.1.1. */
const DESCRIPTOR = 0xa0;
const HEADER_BYTES = 9;

/** Largest content of one block. Source: RFC 8878 §3.1.1.2.4. */
const MAX_BLOCK_BYTES = 128 * 1024;

/** A run shorter than this costs more as a block of its own than inside a raw one. */
const MIN_RUN_BYTES = 16;

const RAW = 0;
const RUN = 1;

/**
 * Bytes → a Zstandard frame of raw and run-length blocks only. Node 20 has no compressor; accounts are mostly zeros,
 * so this comes within a percent of one.
 */
export function encodeZstdFrame(bytes: Uint8Array): Uint8Array {
  const blocks = splitIntoBlocks(bytes);
  const size = blocks.reduce(
    (sum, block) => sum + 3 + (block.type === RUN ? 1 : block.end - block.start),
    HEADER_BYTES,
  );
  const frame = new Uint8Array(size);
  frame.set(MAGIC, 0);
  frame[4] = DESCRIPTOR;
  new DataView(frame.buffer).setUint32(5, bytes.length, true);
  let at = HEADER_BYTES;
  blocks.forEach((block, index) => {
    const isLast = index === blocks.length - 1 ? 1 : 0;
    const header = isLast | (block.type << 1) | ((block.end - block.start) << 3);
    frame[at] = header & 0xff;
    frame[at + 1] = (header >> 8) & 0xff;
    frame[at + 2] = header >> 16;
    const content = bytes.subarray(block.start, block.type === RUN ? block.start + 1 : block.end);
    frame.set(content, at + 3);
    at += 3 + content.length;
  });
  return frame;
}

/**
 * Reads back a frame made by {@link encodeZstdFrame}; frames with compressed blocks are refused.
 *
 * @throws RangeError when the frame is damaged or from elsewhere
 */
export function decodeZstdFrame(frame: Uint8Array): Uint8Array {
  if (frame.length < HEADER_BYTES || MAGIC.some((byte, index) => frame[index] !== byte) || frame[4] !== DESCRIPTOR) {
    throw new RangeError('not a frame of this writer');
  }
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  const bytes = new Uint8Array(view.getUint32(5, true));
  let from = HEADER_BYTES;
  let to = 0;
  for (let isLast = false; !isLast;) {
    if (from + 3 > frame.length) throw new RangeError('the frame is cut');
    const header = view.getUint16(from, true) | (view.getUint8(from + 2) << 16);
    isLast = (header & 1) === 1;
    const type = (header >> 1) & 3;
    const size = header >> 3;
    const stored = type === RUN ? 1 : size;
    from += 3;
    if (type > RUN || from + stored > frame.length || to + size > bytes.length) throw new RangeError('a bad block');
    if (type === RUN) bytes.fill(view.getUint8(from), to, to + size);
    else bytes.set(frame.subarray(from, from + size), to);
    from += stored;
    to += size;
  }
  if (from !== frame.length || to !== bytes.length) throw new RangeError('the frame has another length');
  return bytes;
}

type Block = { readonly type: typeof RAW | typeof RUN; readonly start: number; readonly end: number };

function splitIntoBlocks(bytes: Uint8Array): Block[] {
  const blocks: Block[] = [];
  let rawStart = 0;
  let at = 0;
  while (at < bytes.length) {
    let end = at + 1;
    while (end < bytes.length && bytes[end] === bytes[at]) end += 1;
    if (end - at >= MIN_RUN_BYTES) {
      pushPieces(blocks, RAW, rawStart, at);
      pushPieces(blocks, RUN, at, end);
      rawStart = end;
    }
    at = end;
  }
  pushPieces(blocks, RAW, rawStart, bytes.length);
  if (blocks.length === 0) blocks.push({ type: RAW, start: 0, end: 0 });
  return blocks;
}

function pushPieces(blocks: Block[], type: Block['type'], start: number, end: number): void {
  for (let from = start; from < end; from += MAX_BLOCK_BYTES) {
    blocks.push({ type, start: from, end: Math.min(from + MAX_BLOCK_BYTES, end) });
  }
}
