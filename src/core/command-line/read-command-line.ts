import { AppError } from '#core/errors/app-error.ts';
import { commandNamed } from './command-specs.ts';
import { dropSecrets } from './drop-secrets.ts';
import { fillForm } from './fill-form.ts';
import { findProgram } from './find-program.ts';
import type { CommandNote, ReadCommand } from './read-command.ts';
import { readFlags, readPlaces } from './read-flags.ts';
import { type ShellCommand, splitCommands } from './shell-words.ts';
import { assignmentOf, mayStandIn, resolveWord, shown, type Word } from './words.ts';

/** Longest text that is read, in bytes of UTF-8. */
export const COMMAND_TEXT_MAX_BYTES = 65_536;

/** As many commands of one text are read; the rest is counted. */
const COMMANDS_MAX = 100;

export type CommandReading = {
  readonly commands: readonly ReadCommand[];
  /** How many keys, seeds and passwords were dropped. */
  readonly secrets: number;
  /** Commands beyond the most that are read. */
  readonly leftOut: number;
};

/**
 * Reads commands of `run-manager`, `psyche-solana-client` and the scripts before them, as pasted from a terminal or a page.
 * Nothing is run, looked up or expanded but variables that the text itself sets.
 *
 * @throws AppError `command/too-long`
 */
export function readCommandLine(text: string): CommandReading {
  if (text.length > COMMAND_TEXT_MAX_BYTES || new TextEncoder().encode(text).length > COMMAND_TEXT_MAX_BYTES) {
    throw new AppError('command/too-long', { limitBytes: COMMAND_TEXT_MAX_BYTES });
  }
  const { text: safe, dropped } = dropSecrets(text);
  const commands: ReadCommand[] = [];
  const variables = new Map<string, string>();
  const exported = new Map<string, Word>();
  let secrets = dropped;
  let leftOut = 0;
  for (const command of splitCommands(safe)) {
    const words = command.words.map((word) => resolveWord(word, variables));
    // Those that only show once quotes and continued lines are put together.
    secrets += dropped === 0 ? words.filter(({ isDropped }) => isDropped).length : 0;
    const { assigned, rest, isExport } = leadingAssignments(words);
    if (rest.length === 0) {
      for (const [name, word] of assigned) {
        if (mayStandIn(word, word.text)) variables.set(name, word.text);
        if (isExport) exported.set(name, word);
      }
    } else if (commands.length === COMMANDS_MAX) leftOut += 1;
    else commands.push(readCommand(command, rest, new Map([...exported, ...assigned])));
  }
  return { commands, secrets, leftOut };
}

/** `A=1 B=2 command …`, `export A=1`, `env A=1 command …`, and the prompt that was copied along. */
function leadingAssignments(words: readonly Word[]) {
  const assigned = new Map<string, Word>();
  let isExport = false;
  let at = 0;
  for (; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    const assignment = assignmentOf(word);
    if (assignment) assigned.set(assignment.name, { ...word, text: assignment.value });
    else if (word.text === 'export') isExport = true;
    else if (!/^(?:env|sudo|time|nohup|exec|command|[$%❯➜#])$/.test(word.text)) break;
  }
  return { assigned, rest: words.slice(at), isExport };
}

function readCommand(command: ShellCommand, words: readonly Word[], variables: ReadonlyMap<string, Word>): ReadCommand {
  const found = findProgram(words);
  const open: CommandNote[] = command.isOpen
    ? [{ kind: 'unknown', text: 'A quote is opened and not closed: everything behind it was read as one word' }]
    : [];
  if (found.kind === 'other') return unread(command, words, 'It is no command of the run manager', open);
  const given = new Map([...variables, ...wrapperVariables(found.before)]);
  if (found.kind === 'script') {
    const spec = commandNamed(found.script.command);
    if (!spec) return unread(command, words, 'It is no command of the run manager', open);
    const values = readPlaces(found.script, spec, found.rest);
    return read(command, `scripts/${found.script.name}`, fillForm(spec, values, 'script'), open);
  }
  const at = found.rest.findIndex(({ text }) => commandNamed(text) !== undefined);
  const spec = commandNamed(found.rest[at]?.text ?? '');
  const program = found.name ?? 'run-manager';
  if (!spec) {
    return unread(command, words, `Which command of ${program} it is was not understood`, open);
  }
  const called = found.rest[at]?.text ?? spec.name;
  const title = found.name === undefined ? called : `${found.name} ${called}`;
  if (spec.form === undefined) return unread(command, words, 'The app does not do this: it is no act on chain', open);
  const values = readFlags(spec, [...found.rest.slice(0, at), ...found.rest.slice(at + 1)], given);
  const older: CommandNote[] =
    called === spec.name ? [] : [{ kind: 'told', text: `${called} is called ${spec.name} now` }];
  return read(command, title, fillForm(spec, values, found.name), [...open, ...older]);
}

function read(
  { line }: ShellCommand,
  title: string,
  filled: Pick<ReadCommand, 'form' | 'understood' | 'notes'>,
  notes: readonly CommandNote[],
): ReadCommand {
  return { line, title, ...filled, notes: [...notes, ...filled.notes] };
}

function unread(
  { line }: ShellCommand,
  words: readonly Word[],
  reason: string,
  notes: readonly CommandNote[],
): ReadCommand {
  const first = words[0];
  const isShown = first !== undefined && !first.isDropped && first.text.length <= 40 && !first.text.startsWith('[');
  const title = isShown ? shown(first.text) || 'Unreadable' : 'Unreadable';
  return { line, title, form: undefined, understood: [], notes: [...notes, { kind: 'unknown', text: reason }] };
}

/** `docker run -e RUN_ID=atlas …`: variables among the words of a wrapper. */
function wrapperVariables(before: readonly Word[]): Map<string, Word> {
  const found = new Map<string, Word>();
  for (const word of before) {
    const assignment = assignmentOf(word) ?? assignmentOf({ ...word, text: word.text.replace(/^(?:--env|-e)=?/, '') });
    if (assignment) found.set(assignment.name, { ...word, text: assignment.value });
  }
  return found;
}
