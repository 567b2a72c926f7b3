import { AppError } from '#core/errors/app-error.ts';
import { refuse } from './refusal.ts';
import type { LeafShape, Shape } from './shape.ts';
import { bytesOf, integerOf, floatOf, booleanOf, bigintOf } from './values.ts';
import { decodeFixedText, encodeText, textEnd } from './text.ts';

/** The bytes being read, with a view of the same bytes. */
export type Source = { readonly bytes: Uint8Array; readonly view: DataView };

/** Reads the value at a byte offset. The caller has made sure that the bytes are there. */
export type LeafReader = (source: Source, at: number) => unknown;

/** A view of `bytes` and nothing around them. */
export function sourceOf(bytes: Uint8Array): Source {
  return { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

export function isLeaf(shape: Shape): shape is LeafShape {
  return shape.kind in LEAF_SIZES || shape.kind === 'byteArray' || shape.kind === 'fixedString';
}

/** Bytes of a leaf, the same in Borsh and in memory. */
export function leafSize(shape: LeafShape): number {
  return shape.kind === 'byteArray' || shape.kind === 'fixedString' ? shape.length : LEAF_SIZES[shape.kind];
}

const LEAF_SIZES = {
  u8: 1,
  u16: 2,
  u32: 4,
  i32: 4,
  f32: 4,
  f64: 8,
  u64: 8,
  i64: 8,
  bool: 1,
  smallBool: 1,
  pubkey: 32,
} as const;

/**
 * A reader for a leaf. Byte values are views of the source.
 *
 * @throws Refusal `codec/invalid-bool`, `codec/stored-nan`
 */
export function leafReader(shape: LeafShape): LeafReader {
  switch (shape.kind) {
    case 'u8':
      return ({ view }, at) => view.getUint8(at);
    case 'u16':
      return ({ view }, at) => view.getUint16(at, true);
    case 'u32':
      return ({ view }, at) => view.getUint32(at, true);
    case 'i32':
      return ({ view }, at) => view.getInt32(at, true);
    case 'u64':
      return ({ view }, at) => view.getBigUint64(at, true);
    case 'i64':
      return ({ view }, at) => view.getBigInt64(at, true);
    case 'f32':
      return ({ view }, at) => storedNumber(view.getFloat32(at, true), at);
    case 'f64':
      return ({ view }, at) => storedNumber(view.getFloat64(at, true), at);
    case 'bool':
      return ({ view }, at) => storedBoolean(view.getUint8(at), at);
    case 'smallBool':
      return ({ view }, at) => view.getUint8(at) !== 0;
    case 'pubkey':
      return ({ bytes }, at) => bytes.subarray(at, at + 32);
    case 'byteArray':
      return ({ bytes }, at) => bytes.subarray(at, at + shape.length);
    case 'fixedString':
      return ({ bytes }, at) => decodeFixedText(bytes, at, shape.length);
  }
}

/**
 * Writes a leaf at a byte offset. The caller has made room, all zero.
 *
 * @throws Refusal `codec/wrong-type`, `codec/out-of-range`, `codec/not-a-number`, `codec/wrong-length`,
 *   `codec/text-too-long`, `codec/text-not-storable`
 */
export function writeLeaf(shape: LeafShape, value: unknown, { bytes, view }: Source, at: number): void {
  switch (shape.kind) {
    case 'u8':
      return view.setUint8(at, integerOf(value, 'u8', 0, 0xff));
    case 'u16':
      return view.setUint16(at, integerOf(value, 'u16', 0, 0xffff), true);
    case 'u32':
      return view.setUint32(at, integerOf(value, 'u32', 0, 0xffff_ffff), true);
    case 'i32':
      return view.setInt32(at, integerOf(value, 'i32', -0x8000_0000, 0x7fff_ffff), true);
    case 'u64':
      return view.setBigUint64(at, bigintOf(value, 'u64', 0n, 0xffff_ffff_ffff_ffffn), true);
    case 'i64':
      return view.setBigInt64(at, bigintOf(value, 'i64', -(2n ** 63n), 2n ** 63n - 1n), true);
    case 'f32':
      return view.setFloat32(at, floatOf(value, 'f32'), true);
    case 'f64':
      return view.setFloat64(at, floatOf(value, 'f64'), true);
    case 'bool':
    case 'smallBool':
      return view.setUint8(at, booleanOf(value) ? 1 : 0);
    case 'pubkey':
      return bytes.set(bytesOf(value, 32), at);
    case 'byteArray':
      return bytes.set(bytesOf(value, shape.length), at);
    case 'fixedString':
      return bytes.set(encodeText(value, shape.length), at);
  }
}

/**
 * Bytes after the end of a fixed string would be signed without being seen, so instructions may not have any.
 *
 * @throws Refusal `codec/hidden-text`
 */
export function refuseHiddenText(shape: LeafShape, { bytes }: Source, at: number): void {
  if (shape.kind !== 'fixedString') return;
  for (let i = textEnd(bytes, at, shape.length); i < at + shape.length; i++) {
    if (bytes[i] !== 0) refuse((path) => new AppError('codec/hidden-text', { path, offset: i }));
  }
}

function storedNumber(value: number, offset: number): number {
  if (Number.isNaN(value)) refuse((path) => new AppError('codec/stored-nan', { path, offset }));
  return value;
}

function storedBoolean(value: number, offset: number): boolean {
  if (value > 1) refuse((path) => new AppError('codec/invalid-bool', { path, offset, value }));
  return value === 1;
}
