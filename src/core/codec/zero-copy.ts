import { AppError } from '#core/errors/app-error.ts';
import type { FieldNode } from './field-node.ts';
import { sourceOf } from './leaf.ts';
import { layOut, type MemoryExceptions } from './memory-layout.ts';
import { findPlace } from './memory-path.ts';
import { compileReader } from './memory-read.ts';
import { memoryTree } from './memory-tree.ts';
import { writeMemory } from './memory-write.ts';
import { refusingAsAppError, rethrowWithin } from './refusal.ts';
import type { Shape } from './shape.ts';

/**
 * The codec of one zero-copy account: everything follows from its shape, laid out once.
 *
 * @param start - where the struct starts, after the discriminator
 * @param exceptions - what `repr(C)` does not tell about the types inside
 */
export function createZeroCopyCodec(shape: Shape, start: number, exceptions: MemoryExceptions) {
  const root = layOut(shape, exceptions);
  const readAll = compileReader(root);

  return {
    /** The layout; offsets inside it count from `start`. */
    root,
    /** Bytes of the whole account. */
    size: start + root.size,

    /** The complete value. Keys and hashes are views of one private copy, so later changes to `bytes` do not show. */
    decode(bytes: Uint8Array): unknown {
      const source = sourceOf(bytes.slice());
      return refusingAsAppError(() => readAll(source, start));
    },

    /** Writes the value into a zeroed account of {@link size} bytes. */
    encode(value: unknown, discriminator: Uint8Array): Uint8Array {
      const bytes = new Uint8Array(start + root.size);
      bytes.set(discriminator);
      refusingAsAppError(() => writeMemory(root, value, sourceOf(bytes), start));
      return bytes;
    },

    /**
     * First byte of a field and first byte after it.
     *
     * @throws AppError `codec/unknown-path`
     */
    range(path: string): { start: number; end: number } {
      const { node, at } = findPlace(root, start, path);
      return { start: at, end: at + node.size };
    },

    /**
     * Compiles a reader of a few fields by path. It also reads from a slice of the account that holds them.
     *
     * @throws AppError `codec/unknown-path`; from the reader what `compileReader` refuses, and `codec/too-short`
     */
    fieldsReader<K extends string>(paths: Readonly<Record<K, string>>) {
      const fields = Object.entries<string>(paths).map(([key, path]) => {
        const { node, at } = findPlace(root, start, path);
        return { key, path, at, end: at + node.size, read: compileReader(node) };
      });
      return (bytes: Uint8Array, sliceStart = 0): Record<K, unknown> => {
        const source = sourceOf(bytes);
        const result: Record<string, unknown> = {};
        for (const { key, path, at, end, read } of fields) {
          const available = bytes.length - (at - sliceStart);
          if (at < sliceStart || available < end - at) {
            throw new AppError('codec/too-short', { path, offset: at, needed: end - at, available });
          }
          result[key] = refusingAsAppError(() => {
            try {
              return read(source, at - sliceStart);
            } catch (error) {
              return rethrowWithin(path, error);
            }
          });
        }
        return result;
      };
    },

    /** The fields with their byte ranges; children are read when first asked for. */
    tree(bytes: Uint8Array): FieldNode {
      return memoryTree(sourceOf(bytes), { node: root, at: start, path: '', name: '' });
    },
  };
}
