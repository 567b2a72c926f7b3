import { base64 } from '@scure/base';
import { afterAll, expect, test } from 'vitest';
import { OperationInput } from '#core/operations/request.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { buildTransactions } from './build-transactions.ts';
import { readFixtureTransactions } from './fixture-transactions.ts';
import { countOf, reportCounts } from './report-counts.ts';

const fixtures = readFixtureTransactions();
afterAll(() => {
  const bytes = fixtures.reduce((sum, { message }) => sum + message.length, 0);
  reportCounts('fixtures', `${fixtures.length} transactions, ${countOf(bytes)} bytes`);
});

// `npx vitest run test/signing/fixture-transactions.test.ts -u` writes the file anew.
test('the fixture transactions are what the app builds today', async () => {
  const built = (await buildTransactions()).map(({ name, message }) => ({ name, message: base64.encode(message) }));
  await expect(`${JSON.stringify(built, null, 2)}\n`).toMatchFileSnapshot('../fixtures/transactions/messages.json');
}, 60_000);

test('each of them has a name of its own and passes the gate', () => {
  expect(new Set(fixtures.map(({ name }) => name)).size).toBe(fixtures.length);
  for (const { message } of fixtures) expect(passCanonicalGate(message).staticKeys.length).toBeGreaterThan(0);
});

test('they hold every operation, both lifetimes, fees, several signers, and version 0 with and without tables', () => {
  const names = fixtures.map(({ name }) => name);
  const kinds = OperationInput.options.map((option) => option.def.shape.kind.def.values[0]);
  expect(kinds.filter((kind) => !names.some((name) => name.split(' ')[0] === kind))).toEqual([]);
  expect(kinds.length).toBeGreaterThanOrEqual(20);
  const having = (what: (message: ReturnType<typeof passCanonicalGate>) => boolean) =>
    fixtures.filter(({ message }) => what(passCanonicalGate(message))).length;
  expect(names.filter((name) => name.includes('under a nonce')).length).toBeGreaterThanOrEqual(20);
  expect(having(({ header }) => header.requiredSignatures >= 2)).toBeGreaterThanOrEqual(20);
  expect(having(({ header }) => header.requiredSignatures >= 3)).toBeGreaterThanOrEqual(2);
  expect(having(({ version, lookups }) => version === 0 && lookups.length === 0)).toBeGreaterThanOrEqual(3);
  expect(having(({ lookups }) => lookups.length > 0)).toBeGreaterThanOrEqual(3);
  expect(fixtures.length).toBeGreaterThanOrEqual(60);
});
