/** A value as one word of a POSIX shell. */
export function shellWord(value: string): string {
  // Three dots stand for something left out, unless they are quoted.
  return /^(?!.*\.{3})[A-Za-z0-9_./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** One `run-manager` line; flags without a value are `true`, those with several a list. Never holds a URL or a key: `$RPC` and a path stand for them. */
export function runManagerLine(
  command: string,
  wallet: string,
  flags: Readonly<Record<string, string | true | readonly string[]>>,
): string {
  const words = Object.entries(flags).flatMap(([flag, value]) => {
    // The command line takes a word that begins with a dash for a flag, unless it is tied to its own.
    if (typeof value === 'string' && value.startsWith('-')) return [`--${flag}=${shellWord(value)}`];
    const values = value === true ? [] : typeof value === 'string' ? [value] : value;
    return [`--${flag}`, ...values.map(shellWord)];
  });
  return ['run-manager', command, '--rpc "$RPC"', `--wallet-private-key-path ${wallet}`, ...words].join(' ');
}
