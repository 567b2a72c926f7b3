/** A piece of a word: text, a variable that may be known, or something a shell would run or a reader would fill in. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'placeholder'; readonly shown: string };

/** One word of a command. */
export type ShellWord = {
  readonly parts: readonly WordPart[];
  /** Within single quotes nothing stands for anything else. */
  readonly isLiteral: boolean;
};

/** One command of a text, split as a POSIX shell would, and never run. */
export type ShellCommand = {
  /** Counted from 1. */
  readonly line: number;
  readonly words: readonly ShellWord[];
  /** Whether a quote is not closed: the rest of the text is inside it. */
  readonly isOpen: boolean;
};

const SPACE = /\s/;
const ENDS_COMMAND = /[;&|()]/;
/** `[RUN_ID]`, `<RUN_ID>`, `{{ run_id }}`: what pages and recipes write where a value belongs. */
const FILL_IN = /\[[^[\]\n]{0,80}\]|<[A-Za-z_][^<>\n]{0,80}>|\{\{[^{}\n]{0,80}\}\}/y;
const VARIABLE = /\$(?:([A-Za-z_]\w{0,80})|\{([A-Za-z_]\w{0,80})\})/y;
const REDIRECTION = /\d?(?:<|>)[<>&|]?/y;

/**
 * Splits a text into commands and words: quotes, escapes, continued lines, comments, `;`, `&&` and pipes. Variables and
 * substitutions are named, not expanded. Takes time in proportion to the text and reads anything.
 */
export function splitCommands(source: string): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  const curlyEnds = { '“': source.lastIndexOf('”'), '‘': source.lastIndexOf('’') };
  let at = 0;
  let line = 1;
  let words: ShellWord[] = [];
  let commandLine = 1;
  let isOpen = false;
  let skipsNext = false;

  while (at < source.length) {
    const character = source.charAt(at);
    if (character === '\n') {
      endCommand();
      advance(1);
    } else if (SPACE.test(character)) at += 1;
    else if (isContinued()) advance(continuationEnd() - at);
    else if (character === '#') advance(lineEnd() - at);
    else if (ENDS_COMMAND.test(character)) {
      endCommand();
      at += 1;
    } else if (matchAt(FILL_IN) === undefined && matchAt(REDIRECTION) !== undefined) {
      at += matchAt(REDIRECTION)?.length ?? 1;
      skipsNext = true;
    } else {
      if (words.length === 0) commandLine = line;
      const word = readWord();
      // What a redirection leads to is no word of the command.
      if (!skipsNext) words.push(word);
      skipsNext = false;
    }
  }
  endCommand();
  return commands;

  function endCommand() {
    if (words.length > 0) commands.push({ line: commandLine, words, isOpen });
    words = [];
    skipsNext = false;
  }

  /** Moves on and counts lines. */
  function advance(by: number): string {
    const passed = source.slice(at, at + by);
    at += by;
    for (const character of passed) if (character === '\n') line += 1;
    return passed;
  }

  function readWord(): ShellWord {
    const parts: WordPart[] = [];
    let isLiteral = false;
    let text = '';
    const flush = () => {
      if (text !== '') parts.push({ kind: 'text', text });
      text = '';
    };
    const add = (part: WordPart | undefined) => {
      if (!part) return;
      flush();
      parts.push(part);
    };
    while (at < source.length) {
      const character = source.charAt(at);
      const fillIn = character === '[' || character === '<' || character === '{' ? matchAt(FILL_IN) : undefined;
      if (fillIn !== undefined) add({ kind: 'placeholder', shown: advance(fillIn.length) });
      else if (SPACE.test(character) || ENDS_COMMAND.test(character) || character === '<' || character === '>') break;
      else if (character === '\\') {
        if (isContinued()) advance(continuationEnd() - at);
        else text += advance(2).slice(1);
      } else if (character === "'") {
        isLiteral = true;
        text += quoted("'");
      } else if (character === '"') readDoubleQuoted((one) => (text += one), add);
      else if (isCurlyQuote(character)) text += quoted(character === '“' ? '”' : '’');
      else if (character === '$' || character === '`') {
        const expansion = readExpansion();
        if (expansion) add(expansion);
        else text += advance(1);
      } else text += advance(1);
    }
    flush();
    return { parts, isLiteral };
  }

  /** What stands up to a closing quote; an unclosed one reaches to the end. */
  function quoted(closing: string): string {
    const end = source.indexOf(closing, at + 1);
    if (end === -1) isOpen = true;
    const inside = advance((end === -1 ? source.length : end + 1) - at);
    return end === -1 ? inside.slice(1) : inside.slice(1, -1);
  }

  /** Quotes of a word processor, where they open a word and close again. */
  function isCurlyQuote(character: string): boolean {
    return (character === '“' || character === '‘') && at < curlyEnds[character];
  }

  function readDoubleQuoted(addText: (text: string) => void, add: (part: WordPart) => void) {
    at += 1;
    while (at < source.length) {
      const character = source.charAt(at);
      if (character === '"') {
        at += 1;
        return;
      }
      if (character === '\\' && /[$`"\\\n]/.test(source.charAt(at + 1))) {
        const escaped = advance(2).slice(1);
        if (escaped !== '\n') addText(escaped);
      } else if (character === '$' || character === '`') {
        const expansion = readExpansion();
        if (expansion) add(expansion);
        else addText(advance(1));
      } else addText(advance(1));
    }
    isOpen = true;
  }

  /** `$X`, `${X}`, `$(…)`, backticks; nothing for a bare dollar sign. */
  function readExpansion(): WordPart | undefined {
    VARIABLE.lastIndex = at;
    const variable = VARIABLE.exec(source);
    if (variable) {
      at += variable[0].length;
      return { kind: 'variable', name: variable[1] ?? variable[2] ?? '' };
    }
    if (source.charAt(at) === '`') return { kind: 'placeholder', shown: substitution(quoted('`')) };
    const next = source.charAt(at + 1);
    if (next === '(') {
      const inside = advance(closingParenthesis() - at);
      return { kind: 'placeholder', shown: substitution(inside.slice(2, -1)) };
    }
    if (next === '{') {
      const end = source.indexOf('}', at);
      const inside = advance((end === -1 ? source.length : end + 1) - at);
      return { kind: 'placeholder', shown: `\${${/^\w{0,40}/.exec(inside.slice(2))?.[0] ?? ''}…}` };
    }
    if (/[\d@*#?!$-]/.test(next)) return { kind: 'placeholder', shown: advance(2) };
    return undefined;
  }

  function closingParenthesis(): number {
    let depth = 0;
    for (let end = at + 1; end < source.length; end += 1) {
      const character = source.charAt(end);
      if (character === '(') depth += 1;
      if (character === ')') depth -= 1;
      if (depth === 0) return end + 1;
    }
    return source.length;
  }

  function isContinued(): boolean {
    return source.charAt(at) === '\\' && source.charAt(continuationEnd() - 1) === '\n';
  }

  /** Behind a backslash, blanks that were pasted along, and the end of the line. */
  function continuationEnd(): number {
    let end = at + 1;
    while (/[ \t\r]/.test(source.charAt(end))) end += 1;
    return end + 1;
  }

  function lineEnd(): number {
    const end = source.indexOf('\n', at);
    return end === -1 ? source.length : end;
  }

  function matchAt(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    return pattern.exec(source)?.[0];
  }
}

/** Names what a shell would run by its first word only: the rest may hold anything. */
function substitution(inside: string): string {
  const [first = ''] = /^[\w./-]{0,30}/.exec(inside.trim()) ?? [];
  return `$(${first}…)`;
}
