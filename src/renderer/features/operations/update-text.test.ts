import { expect, test } from 'vitest';
import { changedParts, requestOf, stepError, touchedMetadata, type UpdateText } from './update-text.ts';

const KEY = '4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7';
const CHAIN = { name: 'Atlas', description: '', parameters: '1', vocabulary: '2', clientVersion: 'v1' };
const NOTHING: UpdateText = {
  configText: '',
  step: '',
  switchToHub: false,
  signers: { payer: KEY, authority: KEY, joinAuthority: KEY },
};

const operationOf = (typed: Partial<UpdateText>) => requestOf('run', CHAIN, { ...NOTHING, ...typed })?.operation;

test('nothing is sent while nothing differs from the chain', () => {
  expect(operationOf({})).toBeUndefined();
  expect(operationOf({ name: 'Atlas', clientVersion: 'v1' })).toBeUndefined();
});

test('only the parts that differ are sent, and metadata whole because the chain replaces it whole', () => {
  expect(operationOf({ clientVersion: 'v2' })).toEqual({
    kind: 'update-configuration',
    runId: 'run',
    clientVersion: 'v2',
  });
  expect(operationOf({ name: 'Atlas 2' })).toEqual({
    kind: 'update-configuration',
    runId: 'run',
    metadata: { name: 'Atlas 2', description: '', parameters: 1n, vocabulary: 2n },
  });
  expect(operationOf({ step: '1200', switchToHub: true })).toEqual({
    kind: 'update-configuration',
    runId: 'run',
    restartFromStep: 1200,
    switchToHub: true,
  });
});

test('a step that is no u32 stops the request and says why', () => {
  expect(operationOf({ step: '1e3' })).toBeUndefined();
  expect(stepError('4294967296')).toMatch(/at most/);
  expect(stepError('4294967295')).toBeUndefined();
});

test('metadata that was not typed over follows the chain when that changes', () => {
  const typed = { ...NOTHING, ...touchedMetadata(CHAIN, NOTHING, { ...CHAIN, name: 'Mine' }) };
  expect(typed.description).toBeUndefined();
  expect(changedParts({ ...CHAIN, description: 'someone else wrote this' }, typed).metadata).toBe(true);
  expect(requestOf('run', { ...CHAIN, description: 'new' }, typed)?.operation).toMatchObject({
    metadata: { name: 'Mine', description: 'new' },
  });
});
