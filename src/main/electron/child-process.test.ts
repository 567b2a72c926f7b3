import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createUtilityProcess } from '../../../e2e/harness/electron-standin/utility-process.ts';
import { runOneShot, startService } from './child-process.ts';
import type { ElectronApi, ForkOptions } from './electron-api.ts';

let folder = '';
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'child-'))));
afterAll(() => rmSync(folder, { recursive: true }));

const electron = { app: { isPackaged: true }, utilityProcess: createUtilityProcess() } as unknown as ElectronApi;

function program(name: string, source: string): string {
  const path = join(folder, `${name}.cjs`);
  writeFileSync(path, source);
  return path;
}

test('a one-shot child gets its message, an empty environment, and answers', async () => {
  const modulePath = program(
    'echo',
    `process.parentPort.once('message', ({ data }) =>
       process.parentPort.postMessage({ data, environment: Object.keys(process.env) }));`,
  );
  expect(await runOneShot(electron, { name: 'echo', modulePath, message: { bytes: new Uint8Array([7]) } })).toEqual({
    kind: 'answer',
    message: { data: { bytes: new Uint8Array([7]) }, environment: [] },
  });
});

test('a child that listens only after some work still gets its message', async () => {
  const modulePath = program(
    'late',
    `setTimeout(() => process.parentPort.on('message', ({ data }) => process.parentPort.postMessage(data)), 100);`,
  );
  expect(await runOneShot(electron, { name: 'late', modulePath, message: 'kept' })).toEqual({
    kind: 'answer',
    message: 'kept',
  });
});

test.each([
  [false, ['ignore', 'ignore', 'inherit']],
  [true, 'ignore'],
])('packaged: %s, what children write goes to %s', (isPackaged, expected) => {
  const asked: ForkOptions[] = [];
  const fork = (_modulePath: string, _args: string[], options: ForkOptions) => {
    asked.push(options);
    return new EventEmitter();
  };
  const recording = { app: { isPackaged }, utilityProcess: { fork } } as unknown as ElectronApi;
  startService(recording, { name: 'service', modulePath: 'service.js', args: [] });
  expect(asked.map(({ stdio }) => stdio)).toEqual([expected]);
});

test('a child that ends without an answer is told apart', async () => {
  const modulePath = program('dies', `process.exit(3);`);
  expect(await runOneShot(electron, { name: 'dies', modulePath, message: 1 })).toEqual({ kind: 'exited', code: 3 });
});

test('a child that hangs is ended when its time is over', async () => {
  const pidFile = join(folder, 'pid');
  const modulePath = program(
    'hangs',
    `require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(process.pid)); process.parentPort.on('message', () => undefined);`,
  );
  expect(await runOneShot(electron, { name: 'hangs', modulePath, message: 1 }, 500)).toEqual({ kind: 'timed-out' });
  const { readFileSync } = await import('node:fs');
  expect(() => process.kill(Number(readFileSync(pidFile, 'utf8')), 0)).toThrow('ESRCH');
});

test('a service talks both ways until it is stopped', async () => {
  const modulePath = program(
    'service',
    `process.parentPort.on('message', ({ data }) => process.parentPort.postMessage([process.argv[2], data]));`,
  );
  const service = startService(electron, { name: 'service', modulePath, args: ['--port=0'] });
  const heard = new Promise((resolve) => service.onMessage(resolve));
  service.post('hello');
  expect(await heard).toEqual(['--port=0', 'hello']);
  await service.stop();
  expect(await service.exited).not.toBe(0);
});
