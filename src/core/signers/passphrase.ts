import { Bytes } from '#core/units/wire.ts';

/** Characters a new passphrase must have at least. Length is all that is asked: rules about signs make worse ones. */
export const PASSPHRASE_MIN = 12;

/** UTF-8 bytes; longer than anybody types. */
const PASSPHRASE_MAX_BYTES = 1024;

/** UTF-8 of what was typed. Whoever takes it in main wipes it. */
export const Passphrase = Bytes.refine(({ length }) => length > 0 && length <= PASSPHRASE_MAX_BYTES);

/** Characters in UTF-8 bytes: those that do not continue one. The text itself would be a copy that cannot be wiped. */
export function characterCount(utf8: Uint8Array): number {
  return utf8.reduce((count, byte) => ((byte & 0xc0) === 0x80 ? count : count + 1), 0);
}
