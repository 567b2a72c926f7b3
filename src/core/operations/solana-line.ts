import { shellWord } from './command-line.ts';

/** One line of the Solana command line. Keyfiles are named by what they are for; `$RPC` stands for the URL. */
export function solanaLine(
  command: string,
  words: readonly string[],
  flags: Readonly<Record<string, string>> = {},
): string {
  const given = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, shellWord(value)]);
  const tail = ['--fee-payer payer.json', '--url "$RPC"'];
  return ['solana', command, ...words.map(shellWord), ...given, ...tail].join(' ');
}
