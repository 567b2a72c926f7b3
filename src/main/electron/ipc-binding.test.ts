import { describe, expect, test } from 'vitest';
import { channels } from '#ipc/channels.ts';
import { contract } from '#ipc/contract.ts';
import type { ElectronApi, FrameApi, InvokeEvent } from './electron-api.ts';
import { bindIpc, createRateLimit } from './ipc-binding.ts';

type Listener = (event: InvokeEvent, ...values: unknown[]) => unknown;

const ownFrame: FrameApi = {
  url: 'app://bundle/index.html',
  origin: 'app://bundle',
  parent: null,
  processId: 4,
  routingId: 2,
  detached: false,
};

function bind(mainFrame: FrameApi | undefined = ownFrame) {
  const listeners = new Map<string, Listener>();
  const answered: string[] = [];
  let time = 0;
  const electron = { ipcMain: { handle: (channel: string, listener: Listener) => listeners.set(channel, listener) } };
  bindIpc({
    electron: electron as unknown as ElectronApi,
    contract,
    answer(group, name) {
      answered.push(`${group}.${name}`);
      return Promise.resolve({ ok: true, value: 'answered' });
    },
    mainFrame: () => mainFrame,
    now: () => time,
  });
  return {
    listeners,
    answered,
    call: async (frame: FrameApi | null, ...values: unknown[]) =>
      listeners.get('app.status')?.({ senderFrame: frame }, ...values),
    pass: (ms: number) => void (time += ms),
  };
}

test('every call of the table has a handler, and nothing else has one', () => {
  const calls = Object.entries(channels).flatMap(([group, names]) =>
    Object.entries(names).flatMap(([name, kind]) => (kind === 'call' ? [`${group}.${name}`] : [])),
  );
  expect([...bind().listeners.keys()].toSorted()).toEqual(calls.toSorted());
});

test('the main frame of the window is answered', async () => {
  expect(await bind().call(ownFrame, {})).toEqual({ ok: true, value: 'answered' });
});

describe('is refused before anything of it is looked at', () => {
  const refused = { ok: false, code: 'ipc/refused', params: { channel: 'app.status' } };

  test.each<[string, FrameApi | null]>([
    ['no frame', null],
    ['a frame that is gone', { ...ownFrame, detached: true }],
    ['an embedded frame', { ...ownFrame, parent: ownFrame }],
    ['a frame of another page', { ...ownFrame, routingId: 3 }],
    ['a frame of another process', { ...ownFrame, processId: 5 }],
    ['another origin', { ...ownFrame, origin: 'https://bundle' }],
    ['an origin that only begins like ours', { ...ownFrame, origin: 'app://bundle.evil' }],
  ])('%s', async (_name, frame) => {
    const { call, answered } = bind();
    expect(await call(frame, {})).toEqual(refused);
    expect(answered).toEqual([]);
  });

  test('a call while there is no window', async () => {
    const listeners = new Map<string, Listener>();
    const electron = { ipcMain: { handle: (channel: string, listener: Listener) => listeners.set(channel, listener) } };
    bindIpc({
      electron: electron as unknown as ElectronApi,
      contract,
      answer: () => Promise.reject(new Error('must not be asked')),
      mainFrame: () => undefined,
      now: () => 0,
    });
    expect(await listeners.get('app.status')?.({ senderFrame: ownFrame }, {})).toEqual(refused);
  });

  test.each([[[]], [[{}, {}]]])('%j arguments instead of one', async (values) => {
    expect(await bind().call(ownFrame, ...values)).toEqual(refused);
  });
});

test('more than the channel takes is refused with both sizes', async () => {
  const max = contract.app.status.maxBytes;
  const answer = await bind().call(ownFrame, 'x'.repeat(max));
  expect(answer).toEqual({ ok: false, code: 'ipc/too-large', params: { channel: 'app.status', bytes: max + 2, max } });
});

test('what JSON cannot carry is refused', async () => {
  const circular: Record<string, unknown> = {};
  circular['self'] = circular;
  for (const value of [circular, 1n, { deep: [1n] }]) {
    expect(await bind().call(ownFrame, value)).toMatchObject({ ok: false, code: 'ipc/malformed' });
  }
});

test('one call too many within a minute is refused, and a minute later it is not', async () => {
  const { call, pass } = bind();
  const { perMinute } = contract.app.status;
  for (let count = 0; count < perMinute; count += 1) expect(await call(ownFrame, {})).toMatchObject({ ok: true });
  expect(await call(ownFrame, {})).toEqual({
    ok: false,
    code: 'ipc/too-often',
    params: { channel: 'app.status', perMinute },
  });
  pass(60_000);
  expect(await call(ownFrame, {})).toMatchObject({ ok: true });
});

test('the minute slides: calls free their place one by one', () => {
  let time = 0;
  const isTooOften = createRateLimit(2, () => time);
  expect(isTooOften()).toBe(false);
  time = 30_000;
  expect(isTooOften()).toBe(false);
  time = 59_999;
  expect(isTooOften()).toBe(true);
  time = 60_000;
  expect(isTooOften()).toBe(false);
  expect(isTooOften()).toBe(true);
});
