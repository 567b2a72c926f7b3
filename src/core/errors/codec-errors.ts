import { defineErrors } from './define-errors.ts';

/** `path` names the value, such as `model.LLM.max_seq_len`; `offset` is the byte where reading stopped. */
type Written = { path: string };
type Read = { path: string; offset: number };

const FOREIGN_DATA = 'These bytes were not written by the program version this app knows; do not act on them';

export const codecErrors = defineErrors({
  'codec/wrong-type': ({ path, expected, found }: Written & { expected: string; found: string }) => ({
    happened: `${named(path)} is ${found}, where ${expected} belongs`,
    remedy: `Give ${expected}`,
  }),
  'codec/out-of-range': ({ path, type, value }: Written & { type: string; value: string }) => ({
    happened: `${named(path)} is ${value}, which a ${type} cannot hold`,
    remedy: 'Use a value inside the range of the field',
  }),
  'codec/not-a-number': ({ path }: Written) => ({
    happened: `${named(path)} is not a number (NaN), which the programs refuse`,
    remedy: 'Use a number',
  }),
  'codec/missing-field': ({ path }: Written) => ({
    happened: `${named(path)} is missing`,
    remedy: 'Every field must be given; an absent option is written as none',
  }),
  'codec/unknown-field': ({ path }: Written) => ({
    happened: `${named(path)} is not a field the program knows`,
    remedy: 'Remove it or correct its name',
  }),
  'codec/wrong-length': ({ path, expected, actual }: Written & { expected: number; actual: number }) => ({
    happened: `${named(path)} has ${actual} items, where exactly ${expected} belong`,
    remedy: `Give exactly ${expected}`,
  }),
  'codec/too-many-items': ({ path, capacity, actual }: Written & { capacity: number; actual: string }) => ({
    happened: `${named(path)} has ${actual} items, but there is room for ${capacity}`,
    remedy: `Give at most ${capacity}`,
  }),
  'codec/text-too-long': ({ path, limit, actual }: Written & { limit: number; actual: number }) => ({
    happened: `${named(path)} has ${actual} bytes, but there is room for ${limit}`,
    remedy: `Shorten it to ${limit} bytes of UTF-8`,
  }),
  'codec/text-not-storable': ({ path }: Written) => ({
    happened: `${named(path)} contains a NUL character or half a character`,
    remedy: 'Remove it: such a text would be read back differently',
  }),
  'codec/unknown-variant': ({ path, variant, type }: Written & { variant: string; type: string }) => ({
    happened: `${named(path)} is “${variant}”, which ${type} does not have`,
    remedy: 'Choose one of its variants; names are case sensitive',
  }),
  'codec/too-short': ({ path, offset, needed, available }: Read & { needed: number; available: number }) => ({
    happened: `The data ends at ${named(path)}: ${needed} bytes needed at byte ${offset}, ${available} there`,
    remedy: 'The data is cut off or of another kind',
  }),
  'codec/trailing-bytes': ({ path, offset, extra }: Read & { extra: number }) => ({
    happened: `${extra} bytes follow the end of ${named(path)} at byte ${offset}`,
    remedy: FOREIGN_DATA,
  }),
  'codec/invalid-bool': ({ path, offset, value }: Read & { value: number }) => ({
    happened: `${named(path)} at byte ${offset} is ${value}, where only 0 (no) and 1 (yes) are allowed`,
    remedy: FOREIGN_DATA,
  }),
  'codec/invalid-option': ({ path, offset, value }: Read & { value: number }) => ({
    happened: `${named(path)} at byte ${offset} starts with ${value}, where only 0 (none) and 1 (some) are allowed`,
    remedy: FOREIGN_DATA,
  }),
  'codec/invalid-tag': ({ path, offset, value, type }: Read & { value: number; type: string }) => ({
    happened: `${named(path)} at byte ${offset} names variant ${value}, which ${type} does not have`,
    remedy: FOREIGN_DATA,
  }),
  'codec/invalid-length': ({ path, offset, length, capacity }: Read & { length: string; capacity: number }) => ({
    happened: `${named(path)} at byte ${offset} claims ${length} items, but there is room for ${capacity}`,
    remedy: FOREIGN_DATA,
  }),
  'codec/invalid-utf8': ({ path, offset }: Read) => ({
    happened: `${named(path)} at byte ${offset} is not valid UTF-8 text`,
    remedy: FOREIGN_DATA,
  }),
  'codec/hidden-text': ({ path, offset }: Read) => ({
    happened: `${named(path)} has bytes after the end of its text, at byte ${offset}, that would not be shown`,
    remedy: FOREIGN_DATA,
  }),
  'codec/stored-nan': ({ path, offset }: Read) => ({
    happened: `${named(path)} at byte ${offset} is not a number (NaN), which the programs refuse`,
    remedy: FOREIGN_DATA,
  }),
  'codec/unknown-instruction': ({ program, instruction }: { program: string; instruction: string }) => ({
    happened: `The ${program} program has no instruction “${instruction}”`,
    remedy: 'It may be newer than this app, or not an instruction of this program',
  }),
  'codec/unknown-account': ({ program, account }: { program: string; account: string }) => ({
    happened: `The ${program} program has no account type “${account}”`,
    remedy: 'It may be newer than this app, or not an account of this program',
  }),
  'codec/unknown-path': ({ path }: Written) => ({
    happened: `The layout has no field ${named(path)}`,
    remedy: 'Correct the path; items are written as [0], variants by their name',
  }),
  'codec/malformed-idl': ({ reason }: { reason: string }) => ({
    happened: `A program interface file is not usable: ${reason}`,
    remedy: 'Reinstall the app, or correct the file in idl/',
  }),
});

function named(path: string): string {
  return path === '' ? 'the value' : `“${path}”`;
}
