import type { AtlasEntry } from '#core/error-atlas/atlas-entry.ts';

/** The number as people meet it: decimal, and hexadecimal as logs print it. Empty for errors without a number. */
export function codeText({ code, hex }: AtlasEntry): string {
  if (code === undefined) return '';
  const decimal = code < 0 ? `−${-code}` : String(code);
  return hex === undefined ? decimal : `${decimal} · ${hex}`;
}
