import type { CommandSpec, FlagSpec, ScriptSpec } from './command-specs.ts';
import { flagsOf } from './command-specs.ts';
import type { CommandNote } from './read-command.ts';
import { shown, type Word } from './words.ts';

/** What was given for one flag. */
export type GivenFlag = {
  readonly spec: FlagSpec;
  /** As it was written, without the dashes; a variable's flag is written as it is called now. */
  readonly written: string;
  /** None for a flag that takes nothing. */
  readonly words: readonly Word[];
};

/** The flags of a command by what they are called now, and what was not understood. */
export type GivenFlags = { readonly flags: ReadonlyMap<string, GivenFlag>; readonly notes: readonly CommandNote[] };

/** So many leftover words are named; more are counted. */
const LEFTOVERS_NAMED = 3;
/** An address has at most so many characters; a longer word may be a key. */
const LEFTOVER_LENGTH = 44;

/** Reads the words behind a subcommand as clap does: `--flag value`, `--flag=value`, `-r value`, `-rvalue`; then variables. */
export function readFlags(spec: CommandSpec, words: readonly Word[], variables: ReadonlyMap<string, Word>): GivenFlags {
  const known = flagsOf(spec);
  const flags = new Map<string, GivenFlag>();
  const notes: CommandNote[] = [];
  const leftover: Word[] = [];
  let at = 0;
  while (at < words.length) {
    const word = words[at];
    at += 1;
    if (word === undefined || word.text === '--') continue;
    const split = splitFlag(word);
    if (!split) {
      leftover.push(word);
      continue;
    }
    const found = known.find((flag) => isCalled(flag, split.name));
    if (!found) {
      notes.push({ kind: 'unknown', text: `${flagName(split.name)} is not known here and is left out` });
      const next = words[at];
      if (split.value === undefined && next !== undefined && !isFlag(next)) at += 1;
      continue;
    }
    const written = split.name.replace(/^-+/, '');
    if (flags.has(found.flag))
      notes.push({ kind: 'unknown', text: `--${found.flag} is given twice; the last one counts` });
    const taken = takeWords(found, split.value, words.slice(at, at + 400));
    at += taken.used;
    flags.set(found.flag, { spec: found, written: written.length === 1 ? found.flag : written, words: taken.words });
    if (found.older?.includes(written)) {
      notes.push({ kind: 'told', text: `--${written} is called --${found.flag} now` });
    }
  }
  for (const flag of known) {
    const name = flag.flag.toUpperCase().replaceAll('-', '_');
    const value = variables.get(name);
    if (value === undefined || flag.hasVariable === false || flags.has(flag.flag)) continue;
    const isOff = flag.takes === 'nothing' && /^(?:false|0|no|off|n|f|)$/i.test(value.text);
    if (isOff) continue;
    flags.set(flag.flag, { spec: flag, written: flag.flag, words: flag.takes === 'nothing' ? [] : [value] });
    notes.push({ kind: 'told', text: `${name} is set before the command and counts as --${flag.flag}` });
  }
  return { flags, notes: [...notes, ...leftoverNotes(leftover)] };
}

/** Reads the words behind a script by their places. */
export function readPlaces(
  { places, takesRest, required }: ScriptSpec,
  spec: CommandSpec,
  words: readonly Word[],
): GivenFlags {
  const known = flagsOf(spec);
  const flags = new Map<string, GivenFlag>();
  const notes: CommandNote[] = [];
  for (const [index, place] of places.entries()) {
    const isLast = takesRest === true && index === places.length - 1;
    const given = isLast ? words.slice(index) : words.slice(index, index + 1);
    if (given.length === 0) {
      if (index < required) notes.push({ kind: 'missing', text: `The script needs ${required} words behind it` });
      break;
    }
    if (place === 'paused') {
      const resume = known.find(({ flag }) => flag === 'resume');
      if (resume && given[0]?.text === 'false') flags.set('resume', { spec: resume, written: 'resume', words: [] });
      continue;
    }
    const found = known.find(({ flag }) => flag === place);
    if (found) flags.set(place, { spec: found, written: place, words: given });
  }
  return { flags, notes: [...notes, ...(takesRest ? [] : leftoverNotes(words.slice(places.length)))] };
}

function splitFlag(word: Word): { name: string; value: Word | undefined } | undefined {
  // Word processors make one long dash of two.
  const text = word.isLiteral ? word.text : word.text.replace(/^[—–](?=[a-z])/, '--');
  if (!/^--?[A-Za-z]/.test(text)) return undefined;
  if (!text.startsWith('--')) {
    const rest = text.slice(2).replace(/^=/, '');
    const hasValue = text.length > 2 || word.placeholders.length > 0;
    return { name: text.slice(0, 2), value: hasValue ? { ...word, text: rest } : undefined };
  }
  const equals = text.indexOf('=');
  if (equals === -1) return { name: text, value: undefined };
  return { name: text.slice(0, equals), value: { ...word, text: text.slice(equals + 1) } };
}

function isCalled(flag: FlagSpec, name: string): boolean {
  if (!name.startsWith('--')) return flag.short !== undefined && name === `-${flag.short}`;
  const bare = name.slice(2);
  return flag.flag === bare || flag.aliases?.includes(bare) === true || flag.older?.includes(bare) === true;
}

function isFlag({ text, placeholders, isLiteral }: Word): boolean {
  if (placeholders.length > 0) return false;
  return /^(?:--?[A-Za-z]|--$)/.test(text) || (!isLiteral && /^[—–][a-z]/.test(text));
}

function takeWords(flag: FlagSpec, inline: Word | undefined, next: readonly Word[]): { words: Word[]; used: number } {
  const [first] = next;
  if (flag.takes === 'nothing') {
    // The book writes `--delegates-clear [true/false]`.
    const says = inline ?? (first && /^(?:true|false)$/.test(first.text) ? first : undefined);
    const isFillIn = first?.placeholders.some((one) => one.includes('true')) === true;
    return { words: says?.text === 'false' ? [says] : [], used: inline || !(says || isFillIn) ? 0 : 1 };
  }
  if (inline) return { words: [inline], used: 0 };
  if (flag.takes === 'value')
    return first === undefined || isFlag(first) ? { words: [], used: 0 } : { words: [first], used: 1 };
  const end = next.findIndex(isFlag);
  const words = next.slice(0, end === -1 ? next.length : end);
  return { words, used: words.length };
}

function flagName(name: string): string {
  return name.length > 32 ? 'A flag' : shown(name);
}

function leftoverNotes(words: readonly Word[]): CommandNote[] {
  if (words.length === 0) return [];
  const named = words.slice(0, LEFTOVERS_NAMED).map((word) => {
    const text = word.placeholders[0] ?? shown(word.text);
    const isShown = !word.isDropped && text !== '' && word.text.length <= LEFTOVER_LENGTH;
    return isShown ? `“${text}”` : 'a word that is not shown';
  });
  const more = words.length - named.length;
  const list = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ');
  return [{ kind: 'unknown', text: `Left over and not used: ${list}` }];
}
