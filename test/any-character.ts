import fc from 'fast-check';

/** Any code point that can stand in a text. As fast-check's unit `binary`, which lists a million of them for every use. */
export const anyCharacter = fc
  .integer({ min: 0, max: 0x10_ffff - 0x800 })
  .map((code) => String.fromCodePoint(code < 0xd800 ? code : code + 0x800));
