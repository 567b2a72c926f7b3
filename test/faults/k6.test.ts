import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { isAppError } from '#core/errors/app-error.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { openStore } from '#main/adapters/storage/json-store.ts';
import { settingsFormat, StoredSettings } from '#main/services/stored-settings.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { isWholeTier, scaled } from '#test/simulator/seeds.ts';
import { createDisk, type Disk } from '#test/simulator/disk.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';

const PATH = '/data/settings.json';

/** Settings as somebody has them after a while. */
const SETTINGS = {
  version: 1,
  door: 'network',
  theme: 'dark',
  activeId: 'mine',
  profiles: [
    {
      id: 'mine',
      name: 'Mine',
      kind: 'cluster',
      rpcUrl: 'https://rpc.example/key',
      webSocketUrl: '',
      commitment: 'confirmed',
      programs: DEFAULT_PROGRAM_IDS,
      allowUnencrypted: false,
      expected: 'any',
      fees: { kind: 'fixed', microLamports: 10 },
    },
  ],
  signers: [
    {
      id: 'a',
      label: 'Alice',
      address: DEFAULT_PROGRAM_IDS.treasurer,
      keyfile: { path: '/keys/a', openPermissionsAllowed: false, demo: false },
    },
  ],
  roles: {},
  labels: { [DEFAULT_PROGRAM_IDS.authorizer]: 'somebody' },
};
const TEXT = JSON.stringify(SETTINGS, null, 2);
const BYTES = new TextEncoder().encode(TEXT);
const BACKUP = JSON.stringify({ version: 1, theme: 'light' });

const KINDS = [
  'bytes flipped',
  'cut off',
  'random bytes',
  'random JSON',
  'field replaced',
  'field added',
  'line repeated',
  'nested deep',
  'version replaced',
] as const;
const OUTCOMES = ['read as they are', 'the version before', 'defaults', 'a newer version'] as const;
const counts = createFaultCounts<(typeof KINDS)[number] | (typeof OUTCOMES)[number]>('K6', [...KINDS, ...OUTCOMES]);
afterAll(() => counts.print());

const place = fc.nat({ max: BYTES.length - 1 });
const damaged = fc.oneof(
  kind(
    'bytes flipped',
    fc.array(fc.tuple(place, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 3 }),
  ).map(
    ([what, flips]) => [what, flips.reduce((bytes, [at, by]) => bytes.with(at, (bytes[at] ?? 0) ^ by), BYTES)] as const,
  ),
  kind('cut off', place).map(([what, at]) => [what, BYTES.subarray(0, at)] as const),
  kind('random bytes', fc.uint8Array({ maxLength: 300 })),
  kind('random JSON', fc.json()).map(asBytes),
  kind(
    'field replaced',
    fc.tuple(
      fc.constantFrom(...Object.keys(SETTINGS)),
      fc.oneof(fc.jsonValue(), fc.constantFrom(0, 2, -1, 1.5, '1', null, 2 ** 60)),
    ),
  ).map(([what, [key, value]]) => asBytes([what, JSON.stringify({ ...SETTINGS, [key]: value })])),
  kind(
    'field added',
    fc.tuple(
      fc.oneof(fc.string(), fc.constantFrom('__proto__', 'constructor', 'prototype', 'toString')),
      fc.jsonValue(),
    ),
  ).map(([what, [key, value]]) =>
    asBytes([what, TEXT.replace('{', `{${JSON.stringify(key)}:${JSON.stringify(value)},`)]),
  ),
  kind('line repeated', fc.nat({ max: TEXT.split('\n').length - 1 })).map(([what, at]) => {
    const lines = TEXT.split('\n');
    return asBytes([what, [...lines.slice(0, at + 1), ...lines.slice(at)].join('\n')]);
  }),
  kind('version replaced', fc.oneof(fc.integer({ min: -3, max: 9 }), fc.jsonValue())).map(([what, version]) =>
    asBytes([what, JSON.stringify({ ...SETTINGS, version })]),
  ),
  kind('nested deep', fc.nat({ max: 20_000 })).map(([what, depth]) =>
    asBytes([what, `${'['.repeat(depth)}${']'.repeat(depth)}`]),
  ),
);

function kind<T>(name: (typeof KINDS)[number], of: fc.Arbitrary<T>) {
  return of.map((value) => [name, value] as const);
}

function asBytes([what, text]: readonly [(typeof KINDS)[number], string]) {
  return [what, new TextEncoder().encode(text)] as const;
}

type Open = typeof openStore<StoredSettings>;

const mounted = (disk: Disk) => disk.mount(async (_call, work) => work());
const opening = (disk: Disk, open: Open) => open(mounted(disk), PATH, settingsFormat);
const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;

/** What became of it; throws what is wrong. */
async function start(content: Uint8Array, backup: string | undefined, open: Open = openStore) {
  const disk = createDisk();
  disk.put(PATH, content);
  if (backup !== undefined) disk.put(`${PATH}.bak`, backup);
  const store = await opening(disk, open).catch((cause: unknown) => {
    if (isAppError(cause) && cause.code === 'storage/newer' && same(disk.read(PATH) ?? new Uint8Array(), content))
      return undefined;
    throw cause;
  });
  if (!store) return 'a newer version';
  const value = store.read();
  await store.update((before) => ({ ...before, theme: 'dark' }));
  const again = (await opening(disk, open)).read();
  expect(again).toEqual({ ...value, theme: 'dark' });
  if (store.notices.length === 0) {
    const { version, ...document } = JSON.parse(Buffer.from(content).toString('utf8')) as Record<string, unknown>;
    expect([version, StoredSettings.parse(document)]).toEqual([1, value]);
    return 'read as they are';
  }
  const kept = disk.names().filter((name) => name.includes('damaged'));
  if (!kept.some((name) => same(disk.read(name) ?? new Uint8Array(), content))) throw new Error('the bad file is gone');
  expect(value).toEqual(backup === undefined ? settingsFormat.defaults : settingsFormat.parse({ theme: 'light' }));
  return backup === undefined ? 'defaults' : 'the version before';
}

describe('K6: settings that are damaged, or something else altogether', () => {
  test('never keep the app from starting, are announced, and are kept', { timeout: 3_600_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(damaged, fc.option(fc.constant(BACKUP), { nil: undefined }), async ([what, content], backup) => {
        counts.count(what);
        counts.count(await start(content, backup));
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { numRuns: propertyRuns() >= 5000 ? scaled(40_000) : propertyRuns() },
    );
  });

  test.runIf(isWholeTier())('came in every form, and ended in every way', () => {
    expect(counts.missing()).toEqual([]);
  });

  test('are not started well by a reader that throws the bad file away', async () => {
    const careless: Open = async (fs, path, format) => {
      const store = await openStore(fs, path, format);
      await fs.rm(`${path}.damaged-1`, { force: true });
      return store;
    };
    await expect(start(BYTES.subarray(0, 20), undefined, careless)).rejects.toThrow('the bad file is gone');
  });
});
