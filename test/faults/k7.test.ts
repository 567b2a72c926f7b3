import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { type BundledProgram, bundleProgram } from './bundle-program.ts';
import { shareOfSoak } from './share-of-soak.ts';

// Within one process, a lock that was never written, an id that is used again: src/main/adapters/storage/data-folder.test.ts.
const counts = createFaultCounts('K7', ['contended', 'owner killed', 'owner let go', 'empty lock', 'dead takeover']);

/** Fewer than eight would hardly ever meet. */
const PROCESSES = Math.max(8, shareOfSoak(50));

let program: BundledProgram | undefined;
let folder = '';
let contenders: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'contended-'));
  program = await bundleProgram('lock-contender.ts');
  contenders = await Promise.all(Array.from({ length: PROCESSES }, start));
}, 120_000);

afterAll(async () => {
  await Promise.all(contenders.map(end));
  program?.remove();
  rmSync(folder, { recursive: true, force: true });
  counts.print();
  console.info(`K7: ${PROCESSES} processes`);
}, 60_000);

async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, [program?.path ?? '', folder], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await heard(child);
  return child;
}

async function heard(child: ChildProcess): Promise<unknown> {
  const [answer] = await once(child, 'message');
  return answer;
}

function end(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.kill('SIGKILL');
  });
}

/** Everybody wants the folder at once. @returns who has it; the others were told that somebody has */
async function contend(): Promise<ChildProcess> {
  const answers = await Promise.all(
    contenders.map(async (child) => {
      const answer = heard(child);
      child.send('take it');
      return { child, answer: await answer };
    }),
  );
  counts.count('contended');
  const owners = answers.filter(({ answer }) => answer === 'owner');
  expect(owners).toHaveLength(1);
  const others = answers.filter(({ answer }) => answer !== 'owner').map(({ answer }) => answer);
  expect(new Set(others)).toEqual(new Set(['storage/in-use']));
  const [owner] = owners;
  if (!owner) throw new Error('nobody has it');
  return owner.child;
}

async function letGo(owner: ChildProcess): Promise<void> {
  const answer = heard(owner);
  owner.send('let go');
  expect(await answer).toBe('let go');
}

test('K7: of many processes one gets the data folder, also what a killed one left, again and again', async () => {
  for (let round = 0; round < 6; round += 1) {
    const owner = await contend();
    if (round % 2 === 0) {
      counts.count('owner let go');
      await letGo(owner);
    } else {
      counts.count('owner killed');
      await end(owner);
      contenders = contenders.filter((child) => child !== owner);
    }
  }
}, 60_000);

test('K7: what was begun and never finished long ago holds nobody up, and makes no second owner', async () => {
  const longAgo = Date.now() / 1000 - 60;
  counts.count('empty lock');
  writeFileSync(join(folder, 'instance.lock'), '');
  utimesSync(join(folder, 'instance.lock'), longAgo, longAgo);
  await letGo(await contend());
  counts.count('dead takeover');
  writeFileSync(join(folder, 'instance.lock'), '999999999 1');
  writeFileSync(join(folder, 'instance.lock.takeover'), '999999999 1');
  utimesSync(join(folder, 'instance.lock.takeover'), longAgo, longAgo);
  // The first who meets a dead takeover only clears it away.
  for (const child of contenders.slice(0, 1)) {
    const answer = heard(child);
    child.send('take it');
    expect(await answer).toBe('storage/in-use');
  }
  await letGo(await contend());
  expect(readdirSync(folder)).toEqual([]);
}, 60_000);

test('K7: all of it was met', () => {
  expect(counts.missing()).toEqual([]);
});
