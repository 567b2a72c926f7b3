import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isAppError } from '#core/errors/app-error.ts';
import { catalog } from '#core/errors/catalog.ts';
import { channels, channelName } from '#ipc/channels.ts';
import { contract } from '#ipc/contract.ts';
import { createServer } from '#ipc/server.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { startMain, temporaryFolder, type StartedMain } from '#test/main/start-main.ts';
import { createHandlers } from './create-handlers.ts';

const calls = Object.entries(channels).flatMap(([group, names]) =>
  Object.entries(names).flatMap(([name, kind]) => (kind === 'call' ? [{ group, name }] : [])),
);

/** Those answer without asking anybody: a person who says no, and no network. */
const cancelling = {
  chooseFile: async () => undefined,
  chooseTarget: async () => undefined,
  confirm: async () => false,
};

const folder = temporaryFolder();
let main: StartedMain;
let answer: ReturnType<typeof createServer>;
const unexpected: unknown[] = [];

beforeAll(async () => {
  main = await startMain(folder.path, { dialogs: cancelling });
  answer = createServer(contract, createHandlers(main.services), (_channel, cause) => {
    unexpected.push(cause);
    return 'reference';
  });
});

afterAll(async () => {
  await main.close();
  folder.remove();
});

/** Everything the app keeps, but its lock and log. */
function dataOf(path: string): string {
  const names = readdirSync(path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return names
    .filter(({ name }) => name.endsWith('.json') || name === 'journal.log')
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'))
    .join('\n');
}

const hostile = fc.oneof(
  fc.anything({ maxDepth: 4, withBigInt: false }),
  fc.constantFrom(
    null,
    undefined,
    [],
    '',
    'text',
    0,
    { unknown: 1 },
    { id: 'x', extra: 1 },
    JSON.parse('{"__proto__":{"polluted":true}}') as unknown,
    JSON.parse('{"runId":"a","constructor":{}}') as unknown,
    { runId: 'x'.repeat(129) },
    { text: 'x'.repeat(400_001) },
    { address: 'not-an-address', lamports: '1' },
    { address: '11111111111111111111111111111111', lamports: '-1' },
    { address: '11111111111111111111111111111111', lamports: 5 },
    { seconds: 0 },
    { door: 'window' },
    { theme: 'pink' },
    { planId: 7 },
    { reviewId: 'x', messageHash: 'y'.repeat(45), typed: '' },
  ),
);

describe.each(calls)('$group.$name', ({ group, name }) => {
  test('refuses hostile input in words and changes nothing', async () => {
    const before = dataOf(folder.path);
    const callContract = (contract as Record<string, Record<string, unknown>>)[group]?.[name] as {
      input: { safeParse(value: unknown): { success: boolean } };
    };
    await fc.assert(
      fc.asyncProperty(hostile, async (payload) => {
        fc.pre(!callContract.input.safeParse(payload).success || hasForbiddenKey(payload));
        const envelope = await answer(group, name, payload);
        expect(envelope).toMatchObject({
          ok: false,
          code: 'ipc/malformed',
          params: { channel: channelName(group, name) },
        });
      }),
      { numRuns: Math.min(propertyRuns(), 2000) },
    );
    expect(dataOf(folder.path)).toBe(before);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('answers a plain request by its schema, or with a code that has words', async () => {
    const envelope = await answer(group, name, plainInputs[channelName(group, name)] ?? {});
    expect(unexpected).toEqual([]);
    expect(() => JSON.stringify(envelope)).not.toThrow();
    if (!envelope.ok) expect(Object.keys(catalog)).toContain(envelope.code);
  });
});

describe('a call', () => {
  test('nobody declared is refused', async () => {
    for (const [group, name] of [
      ['app', 'changed'],
      ['app', 'nothing'],
      ['__proto__', 'toString'],
    ] as const) {
      expect(await answer(group, name, {})).toMatchObject({ ok: false, code: 'ipc/refused' });
    }
  });

  test('answers no path of this machine in a failure', async () => {
    const envelopes = await Promise.all(calls.map(({ group, name }) => answer(group, name, {})));
    expect(JSON.stringify(envelopes)).not.toContain(folder.path);
    expect(isAppError(envelopes)).toBe(false);
  });
});

const ADDRESS = '4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7';
const PROFILE = {
  id: 'mine',
  name: 'Mine',
  kind: 'cluster',
  rpcUrl: 'http://127.0.0.1:1',
  webSocketUrl: '',
  commitment: 'confirmed',
  programs: { coordinator: ADDRESS, treasurer: ADDRESS, authorizer: ADDRESS },
  allowUnencrypted: false,
  expected: 'any',
};
const REQUEST = {
  operation: { kind: 'set-paused', runId: 'x', paused: true },
  signers: { payer: ADDRESS, authority: ADDRESS, joinAuthority: ADDRESS },
};

/** One request of each call that needs more than nothing, for an app that is offline. */
const plainInputs: Readonly<Record<string, unknown>> = {
  'app.chooseDoor': { door: 'offline' },
  'app.saveSettings': { theme: 'dark' },
  'networks.save': PROFILE,
  'networks.test': PROFILE,
  'networks.remove': { id: 'mine' },
  'networks.acceptProgram': {
    genesisHash: ADDRESS,
    program: ADDRESS,
    build: { executableHash: 'ab'.repeat(32), deploySlot: '1', sizeBytes: 1 },
  },
  'networks.activate': { id: 'nowhere' },
  'practice.advance': { seconds: 5 },
  'practice.faucet': { address: ADDRESS, lamports: '5' },
  'practice.addClients': { runId: 'x', count: 2 },
  'practice.removeClients': { runId: 'x' },
  'practice.clients': { runId: 'x' },
  'signers.addAddress': { address: ADDRESS, label: 'Somebody' },
  'signers.rename': { id: 'nobody', label: 'x' },
  'signers.remove': { id: 'nobody' },
  'signers.allowOpenPermissions': { id: 'nobody' },
  'runs.read': { runId: 'x' },
  'runs.dump': { runId: 'x' },
  'runs.saveDump': { runId: 'x' },
  'runs.treasury': { runId: 'x' },
  'rewards.claims': { runId: 'x' },
  'rewards.mint': { mint: ADDRESS },
  'rewards.holding': { mint: ADDRESS, owner: ADDRESS },
  'authorizations.canJoin': { runId: 'x', user: ADDRESS },
  'authorizations.joinKit': { runId: 'x', user: ADDRESS, keyfilePath: 'key.json', includeUrl: false },
  'nonces.remember': { address: ADDRESS },
  'nonces.forget': { address: ADDRESS },
  'config.check': { text: '[config]' },
  'config.insertMissing': { text: '[config]' },
  'config.saveDraft': { text: 'draft' },
  'operations.prepare': REQUEST,
  'operations.begin': REQUEST,
  'operations.review': { planId: 'x' },
  'operations.approve': { reviewId: 'x', messageHash: 'y', typed: '' },
  'operations.discard': { planId: 'x' },
  'transactions.read': { id: 'x' },
  'inspector.look': { text: 'x' },
};

function hasForbiddenKey(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return Object.getOwnPropertyNames(value).some(
    (key) =>
      ['__proto__', 'constructor', 'prototype'].includes(key) ||
      hasForbiddenKey((value as Record<string, unknown>)[key]),
  );
}
