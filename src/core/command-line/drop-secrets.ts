/** Stands where a secret was. A private-use character: it is taken out of the text before anything else. */
export const DROPPED = '\uE000';

/** A text without its secrets, and how many there were. */
export type WithoutSecrets = { readonly text: string; readonly dropped: number };

type Range = readonly [start: number, end: number];

/** Words that announce a key, a seed or a password; the paths of keyfiles are no secret. */
const NAMES =
  /(?:private[_-]?key|secret[_-]?key|mnemonic|seed[_-]?phrase|passphrase|password|api[_-]?key|access[_-]?token|bearer)(?![\w-])/gi;

/**
 * As many numbers or hex bytes in a row are a key, whatever stands between them. A keyfile holds 64; a seed 32; an array cut
 * short is still most of a key.
 */
const NUMBERS_IN_A_ROW = 16;
const NUMBER = /[^\s,:;"'\\[\](){}=]+/g;
const SHORT_NUMBER = /^(?:0x)?[0-9a-f]{1,3}$/i;

/**
 * A text that long without a break is a key: 64 bytes are 86 to 88 characters of base58 or base64 and 128 of hex. An image
 * digest has 64, an address at most 44.
 */
const LONG_RUN = /[A-Za-z0-9]{78,}/g;
/** A seed of 32 bytes in hex; an image digest is the same and says so. */
const HEX_SEED = /(?<!sha256:|[0-9A-Za-z])[0-9a-fA-F]{64}(?![0-9A-Za-z])/g;
const LONG_BASE64 = /[A-Za-z0-9+/_-]{84,}={0,2}/g;

/**
 * Takes keys, seeds and passwords out of a text: after names that announce them, as arrays of numbers, and as long runs of
 * base58, base64 or hex. Takes time in proportion to the text.
 */
export function dropSecrets(raw: string): WithoutSecrets {
  const text = raw.replaceAll(DROPPED, '\uFFFD');
  const ranges = merged([...namedValues(text), ...numberRows(text), ...longRuns(text)]);
  let kept = '';
  let from = 0;
  for (const [start, end] of ranges) {
    kept += text.slice(from, start) + DROPPED;
    from = end;
  }
  return { text: kept + text.slice(from), dropped: ranges.length };
}

function namedValues(text: string): Range[] {
  const found: Range[] = [];
  for (const { 0: name, index } of text.matchAll(NAMES)) {
    if (index < (found.at(-1)?.[1] ?? 0)) continue;
    const start = valueStart(text, index, index + name.length);
    if (start === undefined) continue;
    const end = valueEnd(text, start);
    if (end > start && !FILL_IN.test(text.slice(start, Math.min(end, start + 60)))) found.push([start, end]);
  }
  return found;
}

/** `[KEY]`, `<KEY>`, `$KEY`: what stands for a value is none. */
const FILL_IN = /^["']?(?:\[[A-Za-z][\w -]{0,30}\]|<[A-Za-z][\w -]{0,30}>|\$\{?[A-Za-z_]\w{0,40}\}?)["']?$/;

/** After `=` or `:`; after a blank only behind a flag, so that prose about keys stays. */
function valueStart(text: string, nameStart: number, nameEnd: number): number | undefined {
  let at = nameEnd;
  if (text[at] === '"' || text[at] === "'") at += 1;
  at = skipBlanks(text, at);
  if (text[at] === '=' || text[at] === ':') return skipBlanks(text, at + 1);
  const word = text.slice(Math.max(0, nameStart - 40), nameStart);
  return /--[\w-]*$/.test(word) && at > nameEnd ? at : undefined;
}

const CLOSING: Readonly<Record<string, string>> = { "'": "'", '"': '"', '`': '`', '[': ']', '{': '}', '(': ')' };

/** Quotes and brackets that open the value, or follow one that closed, belong to it; others close what it stands in. */
function valueEnd(text: string, start: number): number {
  let at = start;
  let mayOpen = true;
  while (at < text.length) {
    const character = text.charAt(at);
    const closing = CLOSING[character];
    if (/[\s;|&]/.test(character) || (closing !== undefined && !mayOpen)) break;
    at = closing === undefined ? at + (character === '\\' ? 2 : 1) : after(text, closing, at + 1);
    mayOpen = closing !== undefined || character === '$';
  }
  return Math.min(at, text.length);
}

function after(text: string, closing: string, from: number): number {
  const at = text.indexOf(closing, from);
  return at === -1 ? text.length : at + 1;
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  return at;
}

function numberRows(text: string): Range[] {
  const found: Range[] = [];
  let row = { start: 0, end: 0, length: 0 };
  const close = () => {
    if (row.length >= NUMBERS_IN_A_ROW) found.push([row.start, row.end]);
  };
  for (const { 0: word, index } of text.matchAll(NUMBER)) {
    const end = index + word.length;
    if (word.length <= 5 && SHORT_NUMBER.test(word)) {
      row = row.length === 0 ? { start: index, end, length: 1 } : { ...row, end, length: row.length + 1 };
      continue;
    }
    close();
    row = { start: 0, end: 0, length: 0 };
  }
  close();
  return found;
}

function longRuns(text: string): Range[] {
  const runs = [...text.matchAll(LONG_RUN), ...text.matchAll(HEX_SEED)];
  const base64 = [...text.matchAll(LONG_BASE64)].filter(
    ([run]) => /[a-z]/.test(run) && /[A-Z]/.test(run) && /\d/.test(run),
  );
  return [...runs, ...base64].map(({ 0: run, index }) => [index, index + run.length]);
}

function merged(ranges: readonly Range[]): Range[] {
  const found: Range[] = [];
  for (const [start, end] of ranges.toSorted(([one], [other]) => one - other)) {
    const last = found.at(-1);
    if (last && start <= last[1]) found[found.length - 1] = [last[0], Math.max(last[1], end)];
    else found.push([start, end]);
  }
  return found;
}
