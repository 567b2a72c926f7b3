import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { explainFailure, Failure } from './failure.ts';
import { failingCall, parseLogTree } from './log-tree.ts';

const { coordinator, treasurer, authorizer } = DEFAULT_PROGRAM_IDS;
const custom = (code: number, index = 0) => ({ InstructionError: [index, { Custom: code }] });

/** `run_update` that the coordinator refuses, as a validator logs it. */
const nested = [
  `Program ${SYSTEM_PROGRAM} invoke [1]`,
  `Program ${SYSTEM_PROGRAM} success`,
  `Program ${treasurer} invoke [1]`,
  'Program log: Instruction: RunUpdate',
  `Program ${coordinator} invoke [2]`,
  'Program log: Instruction: Update',
  'Program log: AnchorError thrown in programs/coordinator/src/instance.rs:100. Error Code: UpdateConfigNotHalted. Error Number: 6001. Error Message: Cannot update config when not halted.',
  `Program ${coordinator} consumed 20000 of 180000 compute units`,
  `Program ${coordinator} failed: custom program error: 0x1771`,
  `Program ${treasurer} consumed 40000 of 200000 compute units`,
  `Program ${treasurer} failed: custom program error: 0x1771`,
];

describe('a log', () => {
  test('becomes the tree of calls it tells of', () => {
    const [first, second, ...more] = parseLogTree(nested);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ program: SYSTEM_PROGRAM, depth: 1, end: { kind: 'success' }, calls: [] });
    expect(second).toMatchObject({
      program: treasurer,
      unitsConsumed: 40_000n,
      lines: ['Program log: Instruction: RunUpdate'],
      end: { kind: 'failed', reason: 'custom program error: 0x1771' },
      calls: [{ program: coordinator, depth: 2, unitsConsumed: 20_000n }],
    });
  });

  test('names the innermost call that failed', () => {
    expect(failingCall(parseLogTree(nested))?.program).toBe(coordinator);
  });

  test('does not blame a call whose failure its caller survived', () => {
    const logs = [
      `Program ${treasurer} invoke [1]`,
      `Program ${coordinator} invoke [2]`,
      `Program ${coordinator} success`,
      `Program ${treasurer} failed: custom program error: 0x1770`,
    ];
    expect(failingCall(parseLogTree(logs))?.program).toBe(treasurer);
  });

  test('cannot be faked by what a program writes', () => {
    const logs = [
      `Program ${treasurer} invoke [1]`,
      `Program log: Program ${coordinator} invoke [2]`,
      `Program log: Program ${coordinator} failed: custom program error: 0x1`,
      `Program ${treasurer} failed: custom program error: 0x1770`,
    ];
    const calls = parseLogTree(logs);
    expect(calls).toMatchObject([{ program: treasurer, calls: [] }]);
    expect(calls[0]?.lines).toHaveLength(2);
  });

  test('that was cut leaves its open calls cut', () => {
    expect(parseLogTree(nested.slice(0, 6))[1]).toMatchObject({
      end: { kind: 'cut' },
      calls: [{ end: { kind: 'cut' } }],
    });
    expect(failingCall(parseLogTree(nested.slice(0, 6)))).toBeUndefined();
  });

  test('never fails to parse', () => {
    const line = fc.oneof(fc.string(), fc.constantFrom(...nested));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 60 }), (logs) => {
        expect(Array.isArray(parseLogTree(logs))).toBe(true);
      }),
      { numRuns: propertyRuns() },
    );
  });
});

describe('a failure', () => {
  test('is named after the program that failed, not the one that was called', () => {
    expect(explainFailure({ error: custom(6001, 1), logs: nested })).toEqual({
      instructionIndex: 1,
      program: coordinator,
      code: 6001,
      name: 'UpdateConfigNotHalted',
      cause: 'The run is active; this can only change while it is halted',
      remedy: 'Pause it, wait until it is Paused, then try again',
    });
  });

  test('falls back on the program of its instruction when there are no logs', () => {
    const facts = { error: custom(6001), logs: [], instructionPrograms: [treasurer] };
    expect(explainFailure(facts)).toMatchObject({ program: treasurer, name: 'RunIdInvalidLength' });
  });

  test('says nothing it does not know when neither logs nor programs are there', () => {
    expect(explainFailure({ error: custom(6001), logs: [] }).cause).toContain('error 6001');
  });

  test.each<[string, number, string]>([
    [coordinator, 6004, 'ConfigSanityCheckFailed'],
    [authorizer, 6001, 'AuthorizationClosingConditionsNotReachedYet'],
    [treasurer, 6000, 'InvalidParameter'],
    [SYSTEM_PROGRAM, 1, 'ResultWithNegativeLamports'],
    [TOKEN_PROGRAM, 1, 'InsufficientFunds'],
    [SYSTEM_PROGRAM, 0, 'AccountAlreadyInUse'],
    [coordinator, 3012, 'AccountNotInitialized'],
  ])('of %s with code %i is %s, with a cause and a remedy', (program, code, name) => {
    const logs = [`Program ${program} invoke [1]`, `Program ${program} failed: custom program error: 0x1`];
    const failure = explainFailure({ error: custom(code), logs });
    expect(failure).toMatchObject({ program, code, name });
    expect(failure.cause).not.toContain('refused');
    expect(failure.remedy).not.toBe('');
  });

  test('has words for every error of the coordinator', () => {
    for (let code = 6000; code <= 6023; code += 1) {
      const failure = explainFailure({ error: custom(code), logs: [], instructionPrograms: [coordinator] });
      expect(failure.cause).not.toContain('refused');
    }
  });

  test('names the account a constraint complained about', () => {
    const logs = [
      `Program ${coordinator} invoke [1]`,
      'Program log: AnchorError caused by account: coordinator_instance. Error Code: ConstraintRaw. Error Number: 2003. Error Message: A raw constraint was violated.',
      `Program ${coordinator} failed: custom program error: 0x7d3`,
    ];
    expect(explainFailure({ error: custom(2003), logs })).toMatchObject({
      account: 'coordinator_instance',
      name: 'ConstraintRaw',
    });
  });

  test('uses the deployment it is told', () => {
    const programs = { coordinator: TOKEN_PROGRAM, treasurer, authorizer };
    const facts = { error: custom(6001), logs: [], instructionPrograms: [coordinator], programs };
    expect(explainFailure(facts).name).toContain('error 6001');
  });

  test.each<[unknown, string]>([
    ['BlockhashNotFound', 'It came too late'],
    ['InsufficientFundsForFee', 'too little SOL for the fee'],
    [{ InsufficientFundsForRent: { account_index: 0 } }, 'too little SOL to stay alive'],
    [{ InstructionError: [0, 'ProgramFailedToComplete'] }, 'stopped in the middle'],
    [{ InstructionError: [0, { BorshIoError: 'Unknown' }] }, 'BorshIoError'],
    ['SomethingNew\u202E', 'SomethingNew\uFFFD'],
    [17, 'does not know'],
    [null, 'does not know'],
  ])('reads %j', (error, words) => {
    expect(explainFailure({ error, logs: [] }).cause).toContain(words);
  });

  test('a name that every object has is not taken for an error it knows', () => {
    expect(explainFailure({ error: 'toString', logs: [] }).cause).toContain('toString');
  });

  test('always gives words that can cross a process', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.array(fc.string(), { maxLength: 5 }), (error, logs) => {
        const failure = explainFailure({ error, logs });
        expect(Failure.parse(JSON.parse(JSON.stringify(failure)))).toEqual(failure);
      }),
      { numRuns: propertyRuns() },
    );
  });
});
