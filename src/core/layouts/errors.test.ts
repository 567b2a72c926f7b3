import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { expect, test } from 'vitest';
import { errorTableOf, programError, programErrorName } from './errors.ts';
import { DEFAULT_PROGRAM_IDS } from './programs.ts';

test('the same code means different things per program', () => {
  expect(programErrorName('coordinator', 6001)).toBe('UpdateConfigNotHalted');
  expect(programErrorName('treasurer', 6001)).toBe('RunIdInvalidLength');
  expect(programErrorName('authorizer', 6001)).toBe('AuthorizationClosingConditionsNotReachedYet');
});

test.each([
  ['system', 0, 'AccountAlreadyInUse'],
  ['token', 1, 'InsufficientFunds'],
  ['associatedToken', 0, 'InvalidOwner'],
  ['authorizer', 2003, 'ConstraintRaw'],
] as const)('%s %i is %s', (table, code, name) => {
  expect(programErrorName(table, code)).toBe(name);
});

test('codes nobody has named stay without a name', () => {
  expect(programError('coordinator', 6024)).toBeUndefined();
  expect(programError('coordinator', 0)).toBeUndefined();
  expect(programError('token', 6000)).toBeUndefined();
});

test('tables are found by the addresses of the network', () => {
  const moved = {
    ...DEFAULT_PROGRAM_IDS,
    coordinator: DEFAULT_PROGRAM_IDS.treasurer,
    treasurer: DEFAULT_PROGRAM_IDS.coordinator,
  };
  expect(errorTableOf(DEFAULT_PROGRAM_IDS.coordinator, DEFAULT_PROGRAM_IDS)).toBe('coordinator');
  expect(errorTableOf(DEFAULT_PROGRAM_IDS.coordinator, moved)).toBe('treasurer');
  expect(errorTableOf(SYSTEM_PROGRAM, moved)).toBe('system');
  expect(errorTableOf('ComputeBudget111111111111111111111111111111', moved)).toBeUndefined();
});
