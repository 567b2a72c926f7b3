import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Read at a time, bytes. */
const CHUNK = 8_388_608;
/** Longer than anything that is looked for. */
const OVERLAP = 1_024;

/**
 * Names of the needles that are anywhere in the writable memory of a child of this process. Linux only.
 *
 * @param needles - by name
 */
export function foundInMemory(pid: number, needles: ReadonlyMap<string, Buffer>): Set<string> {
  const found = new Set<string>();
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const buffer = Buffer.alloc(CHUNK);
  try {
    for (const { start, end } of writableRegions(pid)) {
      for (let at = start; at < end; at += CHUNK - OVERLAP) {
        const length = readPart(memory, buffer, at, Math.min(CHUNK, end - at));
        for (const name of foundIn(buffer.subarray(0, length), needles)) found.add(name);
      }
    }
  } finally {
    closeSync(memory);
  }
  return found;
}

const foundIn = (part: Buffer, needles: ReadonlyMap<string, Buffer>) =>
  [...needles].filter(([, needle]) => part.includes(needle)).map(([name]) => name);

function writableRegions(pid: number): { start: number; end: number }[] {
  return readFileSync(`/proc/${pid}/maps`, 'utf8')
    .split('\n')
    .filter((line) => / rw/.test(line))
    .map((line) => {
      const [start = '', end = ''] = (line.split(' ')[0] ?? '').split('-');
      return { start: Number.parseInt(start, 16), end: Number.parseInt(end, 16) };
    });
}

/** What was unmapped meanwhile holds nothing. */
function readPart(memory: number, buffer: Buffer, at: number, length: number): number {
  try {
    return readSync(memory, buffer, 0, length, at);
  } catch {
    return 0;
  }
}
