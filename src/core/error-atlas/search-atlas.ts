import { ATLAS } from './atlas.ts';
import type { AtlasEntry } from './atlas-entry.ts';

/** Where a word was found decides how far up the entry comes. */
const WEIGHTS = { id: 100, code: 90, name: 60, namePart: 30, group: 12, message: 10, instruction: 8, words: 3 };

/** An entry as it is searched: everything in lower case, made once. */
const INDEX = ATLAS.map((entry) => ({
  entry,
  id: entry.id.toLowerCase(),
  codes: codesOf(entry),
  name: entry.name.toLowerCase(),
  nameParts: partsOf(entry.name),
  group: entry.group,
  message: entry.message.toLowerCase(),
  instructions: entry.instructions.join(' '),
  words: [entry.what, entry.tell, ...entry.causes.flatMap(({ when, check, remedy }) => [when, check, remedy])]
    .join(' ')
    .toLowerCase(),
}));

/**
 * Entries in which every word of the query occurs, best first: an id or number before a name, a name before the words around
 * it. Numbers may be decimal or `0x…`. An empty query gives the whole atlas in its order.
 */
export function searchAtlas(query: string): readonly AtlasEntry[] {
  const words = query
    .toLowerCase()
    .split(/[\s,;:()"“”]+/)
    .filter((word) => word !== '');
  if (words.length === 0) return ATLAS;
  return INDEX.map((item) => ({ entry: item.entry, score: scoreOf(item, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .map(({ entry }) => entry);
}

/** The sum over all words; 0 as soon as one word is nowhere. */
function scoreOf(item: (typeof INDEX)[number], words: readonly string[]): number {
  let sum = 0;
  for (const word of words) {
    const score = scoreOfWord(item, word);
    if (score === 0) return 0;
    sum += score;
  }
  // What no instruction gives is rarely what is looked for.
  return item.entry.isNeverGiven ? sum - 0.5 : sum;
}

function scoreOfWord(item: (typeof INDEX)[number], word: string): number {
  if (item.id === word) return WEIGHTS.id;
  if (item.codes.includes(word)) return WEIGHTS.code;
  if (item.name === word) return WEIGHTS.name;
  if (item.nameParts.includes(word) || (word.length > 3 && item.name.includes(word))) return WEIGHTS.namePart;
  if (item.group.includes(word)) return WEIGHTS.group;
  if (item.message.includes(word)) return WEIGHTS.message;
  if (item.instructions.includes(word)) return WEIGHTS.instruction;
  return item.words.includes(word) ? WEIGHTS.words : 0;
}

function codesOf({ code, hex }: AtlasEntry): readonly string[] {
  if (code === undefined) return [];
  return [String(code), String(Math.abs(code)), ...(hex === undefined ? [] : [hex])];
}

/** `ConfigSanityCheckFailed` → config, sanity, check, failed. */
function partsOf(name: string): readonly string[] {
  return name.split(/(?=[A-Z])|\s+/).map((part) => part.toLowerCase());
}
