import type { FixedText } from './config-types.ts';

const REPLACING = new TextDecoder('utf-8', { ignoreBOM: true });
const STRICT = new TextDecoder('utf-8', { ignoreBOM: true, fatal: true });

/**
 * A text as the program keeps it: cut at the field's byte limit, inside a character if need be. Source: PROTOCOL.md §12.
 *
 * @returns the text, or its bytes when the cut left half a character
 */
export function cutText(text: string, maxBytes: number): FixedText {
  const kept = new TextEncoder().encode(text).slice(0, maxBytes);
  return strictText(kept) ?? kept;
}

/** The text people read: half a character shows as U+FFFD. Source: PROTOCOL.md §5.4. */
export function shownText(text: FixedText): string {
  return typeof text === 'string' ? text : REPLACING.decode(text);
}

/**
 * A text that gives these bytes again when it is cut at the same limit: a half character at the end is completed to a whole
 * one. Bytes broken elsewhere have no such text; their replacement characters remain.
 */
export function textForBytes(bytes: Uint8Array): string {
  const whole = strictText(bytes);
  if (whole !== undefined) return whole;
  for (let missing = 1; missing <= 3; missing += 1) {
    // 0x80 ends most characters; after 0xE0 and 0xF0 the next byte must be at least 0xA0 or 0x90 to be the shortest form.
    for (const next of [0x80, 0x90, 0xa0]) {
      const tail = new Uint8Array(missing).fill(0x80);
      tail[0] = next;
      const completed = strictText(Uint8Array.of(...bytes, ...tail));
      if (completed !== undefined) return completed;
    }
  }
  return REPLACING.decode(bytes);
}

function strictText(bytes: Uint8Array): string | undefined {
  try {
    return STRICT.decode(bytes);
  } catch {
    return undefined;
  }
}
