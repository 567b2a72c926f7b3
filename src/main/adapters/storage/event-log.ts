import { randomBytes } from 'node:crypto';
import { appendFileSync, renameSync, rmSync, statSync } from 'node:fs';

/** Source: security-bar.md §4.7. */
const MAX_BYTES = 1024 * 1024;
const FILES = 5;

/** Frames of a stack that are kept, innermost first. */
const MAX_FRAMES = 12;

/**
 * A log of events in one JSON line each, in five files of 1 MiB. Only fields named here are written: no message of an
 * error (it may quote bytes, paths or remote text), only its kind and where in the app it arose.
 */
export function createEventLog(path: string, now: () => number) {
  function write(event: Readonly<Record<string, unknown>>): void {
    try {
      rotate(path);
      appendFileSync(path, `${JSON.stringify({ at: new Date(now()).toISOString(), ...event })}\n`, { mode: 0o600 });
    } catch {
      // A full disk must not take the app down with it: the log is a help, nothing depends on it.
    }
  }

  return {
    /** Logs what nobody foresaw and answers with the reference a person may read out. */
    unexpected(where: string, cause: unknown): string {
      const reference = randomBytes(4).toString('hex');
      write({ event: 'unexpected', reference, where, ...describe(cause) });
      return reference;
    },
    started: (version: string) => write({ event: 'started', version }),
  };
}

function describe(cause: unknown): Readonly<Record<string, unknown>> {
  if (!(cause instanceof Error)) return { kind: typeof cause };
  const frames = (cause.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return {
    kind: cause.name,
    ...('code' in cause ? { code: String(cause.code).slice(0, 60) } : {}),
    frames: frames.slice(0, MAX_FRAMES).map(withoutFolders),
  };
}

/** `at send (/home/…/out/main/index.js:10:5)` → `send index.js:10:5`. */
function withoutFolders(frame: string): string {
  const match = /at (?:async )?(?:([^ (]+) )?\(?(?:.*[\\/])?([^\\/]+:\d+:\d+)\)?$/.exec(frame.trim());
  return match ? `${match[1] ?? ''} ${match[2] ?? ''}`.trim() : '';
}

function rotate(path: string): void {
  if (sizeOf(path) < MAX_BYTES) return;
  rmSync(`${path}.${FILES - 1}`, { force: true });
  for (let number = FILES - 2; number >= 1; number -= 1) moveIfThere(`${path}.${number}`, `${path}.${number + 1}`);
  moveIfThere(path, `${path}.1`);
}

function moveIfThere(from: string, to: string): void {
  if (sizeOf(from) > 0) renameSync(from, to);
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
