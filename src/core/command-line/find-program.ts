import { commandNamed, PROGRAMS, type ProgramName, SCRIPTS, type ScriptSpec } from './command-specs.ts';
import type { Word } from './words.ts';

/** What a command runs, once `cargo`, `docker`, `sh` and the like are taken off. */
export type FoundProgram =
  | {
      readonly kind: 'program';
      /** Absent for a subcommand pasted alone. */
      readonly name: ProgramName | undefined;
      readonly rest: readonly Word[];
      readonly before: readonly Word[];
    }
  | {
      readonly kind: 'script';
      readonly script: ScriptSpec;
      readonly rest: readonly Word[];
      readonly before: readonly Word[];
    }
  | { readonly kind: 'other' };

/** Flags of `cargo run` that take the word behind them. Source: `cargo run --help`. */
const CARGO_VALUES = new Set([
  '--bin',
  '-p',
  '--package',
  '--features',
  '-F',
  '--manifest-path',
  '--target',
  '--target-dir',
  '--profile',
  '-j',
  '--jobs',
  '--color',
  '--config',
  '-Z',
]);

/** Finds the program or script among the words of a command, wherever its wrapper put it. */
export function findProgram(words: readonly Word[]): FoundProgram {
  const first = words[0];
  if (first === undefined) return { kind: 'other' };
  if (baseName(first.text) === 'cargo') return ofCargo(words);
  if (commandNamed(first.text) && words.some(({ text }) => text.startsWith('-')))
    return { kind: 'program', name: undefined, rest: words, before: [] };
  for (const [index, { text }] of words.entries()) {
    const base = baseName(text);
    const script = SCRIPTS.find(({ name }) => name === base);
    const name = PROGRAMS.find((program) => program === base);
    // `docker run … psyche-solana-client run-manager create-run`: the image is named like the program in it.
    const next = baseName(words[index + 1]?.text ?? '');
    if (!script && (!name || PROGRAMS.some((program) => program === next))) continue;
    const [before, rest] = [words.slice(0, index), words.slice(index + 1)];
    if (script) return { kind: 'script', script, rest, before };
    return { kind: 'program', name, rest, before };
  }
  return { kind: 'other' };
}

function ofCargo(words: readonly Word[]): FoundProgram {
  let name: ProgramName | undefined;
  let index = 1;
  for (; index < words.length; index += 1) {
    const { text } = words[index] ?? { text: '' };
    if (text === '--' || commandNamed(text)) break;
    const [flag = '', inline] = text.split('=', 2);
    if (!CARGO_VALUES.has(flag)) continue;
    const value = inline ?? words[index + 1]?.text ?? '';
    if (flag === '--bin' || ((flag === '-p' || flag === '--package') && name === undefined)) {
      name = PROGRAMS.find((program) => program === value) ?? name;
    }
    if (inline === undefined) index += 1;
  }
  const rest = words.slice(words[index]?.text === '--' ? index + 1 : index);
  return name === undefined ? { kind: 'other' } : { kind: 'program', name, rest, before: [] };
}

/** `./target/release/run-manager.exe`, `.#run-manager`, `registry/run-manager:v1` → `run-manager`. */
function baseName(text: string): string {
  const last = text.split(/[/\\#]/).at(-1) ?? '';
  const [name = ''] = last.split(/[:@]/);
  return name.replace(/\.exe$/, '');
}
