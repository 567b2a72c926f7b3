import { safeText } from '#core/units/safe-text.ts';

/** Longest label, in characters as JavaScript counts them. */
export const LABEL_MAX = 80;

/** Longest note, in characters as JavaScript counts them. */
export const NOTE_MAX = 2000;

/** Every space that is not the ordinary one, and tabs. */
const OTHER_SPACES = /[\t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/gu;

const LINE_ENDS = /\r\n|[\n\r\u2028\u2029]/gu;

/** A label on one line: hidden characters are left out, other spaces become ordinary ones. */
export function cleanLabel(typed: string): string {
  const line = cleanLine(typed.replaceAll(LINE_ENDS, ' '));
  return line.replaceAll(/ +/g, ' ').trim();
}

/** A note of several lines, each as in a label. */
export function cleanNote(typed: string): string {
  return typed
    .split(LINE_ENDS)
    .map((line) => cleanLine(line).trimEnd())
    .join('\n')
    .trim();
}

/** What was apart may pile up once the hidden character between is gone: cleaned until nothing changes. */
function cleanLine(line: string): string {
  const cleaned = safeText(line.replaceAll(OTHER_SPACES, ' ')).text.replaceAll('\uFFFD', '');
  return cleaned === line ? cleaned : cleanLine(cleaned);
}
