import { createHash } from 'node:crypto';

/** Hex digits of SHA-256 in front of every line: enough to notice damage, not meant against an attacker. */
const CHECK_DIGITS = 16;

/** A line that tells on reading whether it is whole. `text` may not contain a line break. */
export function checkedLine(text: string): string {
  return `${checkOf(text)} ${text}\n`;
}

/** How a file of checked lines ended: whole, cut in the last line, or wrong somewhere before it. */
export type CheckedLines = {
  readonly lines: readonly string[];
  readonly ending: 'whole' | 'torn' | 'damaged';
};

/**
 * Lines up to the first that is not what was written. A process killed while appending tears the last line, which is
 * harmless: nobody was told of its content.
 */
export function readCheckedLines(content: string): CheckedLines {
  const written = content.split('\n');
  const tail = written.pop();
  const lines: string[] = [];
  for (const line of written) {
    const text = line.slice(CHECK_DIGITS + 1);
    if (line.slice(0, CHECK_DIGITS + 1) !== `${checkOf(text)} `) return { lines, ending: 'damaged' };
    lines.push(text);
  }
  return { lines, ending: tail === '' ? 'whole' : 'torn' };
}

function checkOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, CHECK_DIGITS);
}
