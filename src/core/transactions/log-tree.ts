/** One program call in a transaction's logs, with the calls it made itself. */
export type ProgramCall = {
  /** Base58 as the log has it. */
  readonly program: string;
  /** 1 for an instruction of the transaction itself. */
  readonly depth: number;
  /** `Program log: …`, data and return lines of this call, without the calls inside it. */
  readonly lines: readonly string[];
  readonly calls: readonly ProgramCall[];
  /** How it ended. `cut`: the log stops before. */
  readonly end: { readonly kind: 'success' | 'cut' } | { readonly kind: 'failed'; readonly reason: string };
  readonly unitsConsumed: bigint | undefined;
};

type OpenCall = { -readonly [K in keyof ProgramCall]: ProgramCall[K] } & { lines: string[]; calls: OpenCall[] };

/** Nesting no runtime allows; deeper lines are read as text. Source: Agave, `MAX_INSTRUCTION_STACK_DEPTH` with room. */
const MAX_DEPTH = 16;

/**
 * Logs → the calls they tell of, in order. A program cannot fake a call: what it writes itself begins with `Program log: ` or
 * `Program data: `. Lines that fit nowhere are left out.
 */
export function parseLogTree(logs: readonly string[]): readonly ProgramCall[] {
  const roots: OpenCall[] = [];
  const stack: OpenCall[] = [];
  for (const line of logs) {
    const current = stack.at(-1);
    const invoke = /^Program (\S+) invoke \[(\d+)\]$/.exec(line);
    if (invoke !== null && stack.length < MAX_DEPTH) {
      const call: OpenCall = {
        program: invoke[1] ?? '',
        depth: Number(invoke[2]),
        lines: [],
        calls: [],
        end: { kind: 'cut' },
        unitsConsumed: undefined,
      };
      (current?.calls ?? roots).push(call);
      stack.push(call);
    } else if (current !== undefined) {
      if (readLine(line, current)) stack.pop();
    }
  }
  return roots;
}

/** The call in which a transaction failed first and the calls it was made from, innermost first; empty when none failed. */
export function failingPath(calls: readonly ProgramCall[]): readonly ProgramCall[] {
  const failed = calls.find(({ end }) => end.kind === 'failed');
  return failed === undefined ? [] : [...failingPath(failed.calls), failed];
}

/** Takes a line into its call; true when the line ends the call. */
function readLine(line: string, call: OpenCall): boolean {
  const own = `Program ${call.program} `;
  if (!line.startsWith(own)) {
    call.lines.push(line);
    return false;
  }
  const rest = line.slice(own.length);
  const consumed = /^consumed (\d{1,20}) of \d{1,20} compute units$/.exec(rest);
  if (consumed !== null) call.unitsConsumed = BigInt(consumed[1] ?? 0);
  if (rest === 'success') call.end = { kind: 'success' };
  if (rest.startsWith('failed: ')) call.end = { kind: 'failed', reason: rest.slice('failed: '.length) };
  return call.end.kind !== 'cut';
}
