import { AppError } from '#core/errors/app-error.ts';
import type { FieldNode } from '#core/codec/field-node.ts';
import { leafReader, leafSize, sourceOf } from '#core/codec/leaf.ts';
import { refusingAsAppError, rethrowWithin } from '#core/codec/refusal.ts';
import type { LeafShape } from '#core/codec/shape.ts';
import { typeName } from '#core/codec/type-name.ts';

/**
 * A field of a native program's account: fields follow each other without padding. A `coption` is a u32 tag and a value
 * that is there even when the tag says none. Source: SPL Token, `Pack`; Solana SDK, `nonce::state::Versions`.
 */
export type PackedField = {
  readonly name: string;
  readonly leaf: LeafShape;
  readonly coption?: true;
  /** What to call the type where the shape does not say it: 32 bytes that are no address. */
  readonly type?: 'Hash';
};

/** Bytes of the tag of a `coption`. */
const COPTION_TAG_BYTES = 4;

/**
 * Reads packed fields from the start of the data.
 *
 * @throws AppError `codec/too-short`, `codec/invalid-option`, `codec/invalid-bool`
 */
export function readPackedFields(fields: readonly PackedField[], data: Uint8Array): FieldNode[] {
  const source = sourceOf(data);
  let at = 0;
  return fields.map(({ name, leaf, coption, type: given }) => {
    const start = at;
    const tagBytes = coption ? COPTION_TAG_BYTES : 0;
    const needed = tagBytes + leafSize(leaf);
    const available = data.length - start;
    if (available < needed) throw new AppError('codec/too-short', { path: name, offset: start, needed, available });
    at = start + needed;
    const tag = coption ? source.view.getUint32(start, true) : 1;
    if (tag > 1) throw new AppError('codec/invalid-option', { path: name, offset: start, value: tag });
    const type = given ?? (coption ? `COption<${typeName(leaf)}>` : typeName(leaf));
    const value = tag === 0 ? null : readLeaf(name, leaf, source, start + tagBytes);
    return { path: name, name, type, start, end: at, value };
  });
}

function readLeaf(name: string, leaf: LeafShape, source: ReturnType<typeof sourceOf>, at: number): unknown {
  return refusingAsAppError(() => {
    try {
      return leafReader(leaf)(source, at);
    } catch (error) {
      return rethrowWithin(name, error);
    }
  });
}
