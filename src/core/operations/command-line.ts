/** A value as one word of a POSIX shell. */
export function shellWord(value: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(value) ? value : `'${value.replaceAll("'", `'\\''`)}'`;
}

/** One `run-manager` line; flags without a value are `true`. Never holds a URL or a key: `$RPC` and a path stand for them. */
export function runManagerLine(
  command: string,
  wallet: string,
  flags: Readonly<Record<string, string | true>>,
): string {
  const words = Object.entries(flags).flatMap(([flag, value]) =>
    value === true ? [`--${flag}`] : [`--${flag}`, shellWord(value)],
  );
  return ['run-manager', command, '--rpc "$RPC"', `--wallet-private-key-path ${wallet}`, ...words].join(' ');
}
