import { safeText } from '#core/units/safe-text.ts';
import { DROPPED, dropSecrets } from './drop-secrets.ts';
import type { ShellWord } from './shell-words.ts';

/** A word once the variables that the text itself sets are put in. */
export type Word = {
  readonly text: string;
  /** What stands in place of a value: `[RUN_ID]`, `$RPC`, `$(cat…)`. With one of them the text is not the value. */
  readonly placeholders: readonly string[];
  /** Whether a part of it stood in single quotes. */
  readonly isLiteral: boolean;
  /** Whether a secret was in it: nothing of it is shown. */
  readonly isDropped: boolean;
};

/** Variables are short things: ids, addresses, paths. Longer ones stay named. */
const VARIABLE_MAX = 128;
/** `…`, `...` and an address cut short in the middle: typed by somebody who left something out. */
const CUT_SHORT = /…|^\.\.\.$|^\w{2,}\.\.\.\w*$/;
const WHOLE_FILL_IN = /^(?:\[[^[\]]*\]|<[^<>]*>)$/;

/** A word of the shell → its text, with known variables put in and everything else named. */
export function resolveWord(word: ShellWord, variables: ReadonlyMap<string, string>): Word {
  const placeholders: string[] = [];
  let text = '';
  for (const part of word.parts) {
    if (part.kind === 'text') text += part.text;
    else if (part.kind === 'placeholder') placeholders.push(shown(part.shown));
    else {
      const value = variables.get(part.name);
      if (value === undefined) placeholders.push(`$${part.name}`);
      else text += value;
    }
  }
  if (placeholders.length === 0 && !word.isLiteral && (CUT_SHORT.test(text) || WHOLE_FILL_IN.test(text))) {
    placeholders.push(shown(text));
  }
  // Quotes and continued lines may have hidden it before.
  return {
    text,
    placeholders,
    isLiteral: word.isLiteral,
    isDropped: text.includes(DROPPED) || dropSecrets(text).dropped > 0,
  };
}

/** `NAME=value` → both; nothing for any other word. */
export function assignmentOf({ text }: Word): { readonly name: string; readonly value: string } | undefined {
  const match = /^([A-Za-z_]\w{0,80})=/.exec(text);
  return match ? { name: match[1] ?? '', value: text.slice(match[0].length) } : undefined;
}

/** Whether a variable's value may be put in where its name stands. */
export function mayStandIn(word: Word, value: string): boolean {
  return !word.isDropped && word.placeholders.length === 0 && value.length <= VARIABLE_MAX;
}

/** Words of the pasted text as they may be shown: of a URL only its origin, nothing hidden, nothing long. */
export function shown(text: string, longest = 60): string {
  const cut = text.replaceAll(URL_IN_TEXT, (_url, scheme: string, rest: string) => scheme + hostOf(rest));
  const safe = safeText(cut.length > longest ? `${cut.slice(0, longest - 1)}…` : cut).text;
  return safe.replaceAll(DROPPED, '');
}

/** The origin of an endpoint; absent when it is no URL. */
export function originOf(text: string): string | undefined {
  const match = /^"?((?:https?|wss?):\/\/)([^\s"]+)/i.exec(text);
  const host = hostOf(match?.[2] ?? '');
  return match && /^[\w.:[\]-]{1,200}$/.test(host) ? `${match[1]}${host}` : undefined;
}

const URL_IN_TEXT = /([A-Za-z][\w+.-]{0,20}:\/\/)([^\s"'<>)]*)/g;

/** Host and port: neither user and password, nor path, query and fragment. */
function hostOf(rest: string): string {
  const [authority = ''] = rest.split(/[/?#\\]/, 1);
  return authority.slice(authority.lastIndexOf('@') + 1);
}
