/**
 * Stands in for the package `bigint-buffer` in the bundles: the native half of the real one reads past its buffer
 * (CVE-2025-3194), and there is no release without it. These are the four functions its users call.
 */
export function toBigIntLE(buffer: Uint8Array): bigint {
  return toBigIntBE(Uint8Array.from(buffer).reverse());
}

export function toBigIntBE(buffer: Uint8Array): bigint {
  return buffer.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
}

/** Little-endian; what does not fit in `width` bytes is cut, as the original does. */
export function toBufferLE(value: bigint, width: number): Buffer {
  return toBufferBE(value, width).reverse();
}

/** Big-endian; what does not fit in `width` bytes is cut, as the original does. */
export function toBufferBE(value: bigint, width: number): Buffer {
  return Buffer.from(
    Array.from({ length: width }, (_, index) => Number((value >> BigInt(8 * (width - 1 - index))) & 0xffn)),
  );
}
