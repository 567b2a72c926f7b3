import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { explainFailure } from './explain-failure.ts';
import { Failure } from './failure.ts';
import { failingPath, parseLogTree } from './log-tree.ts';

const { coordinator, treasurer, authorizer } = DEFAULT_PROGRAM_IDS;
const named = (address: string, name = '') => ({ program: { address }, name, fields: [] });
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
    expect(failingPath(parseLogTree(nested))[0]?.program).toBe(coordinator);
  });

  test('does not blame a call whose failure its caller survived', () => {
    const logs = [
      `Program ${treasurer} invoke [1]`,
      `Program ${coordinator} invoke [2]`,
      `Program ${coordinator} success`,
      `Program ${treasurer} failed: custom program error: 0x1770`,
    ];
    expect(failingPath(parseLogTree(logs))[0]?.program).toBe(treasurer);
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
    expect(failingPath(parseLogTree(nested.slice(0, 6)))).toEqual([]);
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
    const failure = explainFailure({ error: custom(6001, 1), logs: nested, runId: 'atlas-7' });
    expect(failure).toMatchObject({
      instructionIndex: 1,
      program: coordinator,
      code: 6001,
      name: 'UpdateConfigNotHalted',
      entry: 'coordinator-6001',
      action: { label: 'Pause the run', place: { kind: 'set-paused', runId: 'atlas-7', paused: true } },
    });
    expect(failure.cause).toContain('A new configuration, model or progress');
    expect(failure.possible).toBeUndefined();
  });

  test('says all that one code can mean when nothing tells which it is', () => {
    const failure = explainFailure({ error: custom(6004), logs: [], instructions: [named(coordinator, 'set_paused')] });
    expect(failure.cause).toContain('does not say which one');
    expect(failure.possible).toHaveLength(12);
    expect(failure.action).toBeUndefined();
  });

  test('names the broken rule when the arguments show it', () => {
    const fields = Object.entries({ epoch_time: '600', warmup_time: '600', max_round_train_time: '30' }).map(
      ([name, value]) => ({ path: `params.config.${name}`, value }),
    );
    const instructions = [{ ...named(coordinator, 'update'), fields }];
    expect(explainFailure({ error: custom(6004), logs: [], instructions }).cause).toContain('warmup_time is as long');
  });

  test('names the broken rule when the log shows it, and the progress when the log shows none', () => {
    const logsWith = (...lines: string[]) => [
      `Program ${coordinator} invoke [1]`,
      'Program log: Instruction: Update',
      ...lines,
      `Program ${coordinator} failed: custom program error: 0x1775`,
    ];
    const bad = explainFailure({
      error: custom(6005),
      logs: logsWith('Program log: model check failed: bad optimizer'),
    });
    expect(bad.cause).toContain('optimizer is Dummy');
    expect(explainFailure({ error: custom(6005), logs: logsWith() }).cause).toContain('progress being sent has step 0');
    expect(explainFailure({ error: custom(6005), logs: ['Log truncated', ...logsWith()] }).possible).toHaveLength(5);
  });

  test.each<[account: string, instruction: string, words: string]>([
    ['coordinator_instance', 'SetPaused', 'not the main authority'],
    ['authorization', 'JoinRun', 'switched off'],
    ['authorization', 'AuthorizationClose', 'not the join authority'],
    ['authorization', 'AuthorizationGranteeUpdate', 'not the allowed user'],
    ['run', 'RunUpdate', 'does not own the treasury'],
    ['run', 'ParticipantClaim', 'treasury of one run'],
  ])('a failed condition on %s in %s has its own cause', (account, instruction, words) => {
    const logs = [
      `Program ${coordinator} invoke [1]`,
      `Program log: Instruction: ${instruction}`,
      `Program log: AnchorError caused by account: ${account}. Error Code: ConstraintRaw. Error Number: 2003. Error Message: A raw constraint was violated.`,
      `Program ${coordinator} failed: custom program error: 0x7d3`,
    ];
    expect(explainFailure({ error: custom(2003), logs })).toMatchObject({ account, entry: 'anchor-2003' });
    expect(explainFailure({ error: custom(2003), logs }).cause).toContain(words);
  });

  test('too few tokens are those of the vault in a claim and those of the funder in a top-up', () => {
    const transfer = [
      `Program ${TOKEN_PROGRAM} invoke [2]`,
      'Program log: Instruction: Transfer',
      `Program ${TOKEN_PROGRAM} failed: custom program error: 0x1`,
    ];
    const claim = [
      `Program ${treasurer} invoke [1]`,
      'Program log: Instruction: ParticipantClaim',
      ...transfer,
      `Program ${treasurer} failed: custom program error: 0x1`,
    ];
    expect(explainFailure({ error: custom(1), logs: claim }).cause).toContain('The vault of the run');
    expect(explainFailure({ error: custom(1), logs: transfer }).cause).toContain('The funder has fewer');
  });

  test('an address in use is the run id in a creation and the authorization in an admission', () => {
    const inUse = (program: string, instruction: string) => [
      `Program ${program} invoke [1]`,
      `Program log: Instruction: ${instruction}`,
      `Program ${SYSTEM_PROGRAM} invoke [2]`,
      `Program ${SYSTEM_PROGRAM} failed: custom program error: 0x0`,
      `Program ${program} failed: custom program error: 0x0`,
    ];
    const causeOf = (logs: string[]) => explainFailure({ error: custom(0), logs }).cause;
    expect(causeOf(inUse(coordinator, 'InitCoordinator'))).toContain('A run with this id');
    expect(causeOf(inUse(authorizer, 'AuthorizationCreate'))).toContain('has been let in before');
  });

  test('a resume together with a client version through the treasurer is named as such', () => {
    const logs = [
      `Program ${treasurer} invoke [1]`,
      'Program log: Instruction: RunUpdate',
      `Program ${coordinator} invoke [2]`,
      'Program log: Instruction: UpdateClientVersion',
      `Program ${coordinator} failed: custom program error: 0x1771`,
      `Program ${treasurer} failed: custom program error: 0x1771`,
    ];
    const fields = [
      { path: 'params.paused', value: 'no' },
      { path: 'params.client_version', value: 'v2' },
    ];
    const instructions = [{ ...named(treasurer, 'run_update'), fields }];
    expect(explainFailure({ error: custom(6001), logs, instructions }).cause).toContain('the resume comes first');
  });

  test.each<[string, string]>([
    ['Program log: panicked at src/lib.rs:1:1: attempt to divide by zero', 'before any configuration'],
    ['Program log: Unable to find a viable program address bump seed', 'run id is above 32 bytes'],
    ['Program log: attempt to subtract with overflow', 'claimed more points'],
  ])('a panic with %s has a cause', (line, words) => {
    const instruction = words.startsWith('claimed') ? 'ParticipantClaim' : 'Update';
    const logs = [
      `Program ${coordinator} invoke [1]`,
      `Program log: Instruction: ${instruction}`,
      line,
      `Program ${coordinator} failed: Program failed to complete`,
    ];
    const error = { InstructionError: [0, 'ProgramFailedToComplete'] };
    expect(explainFailure({ error, logs }).cause).toContain(words);
  });

  test('falls back on the program of its instruction when there are no logs', () => {
    const facts = { error: custom(6001), logs: [], instructions: [named(treasurer)] };
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
      const failure = explainFailure({ error: custom(code), logs: [], instructions: [named(coordinator)] });
      expect(failure).toMatchObject({ entry: `coordinator-${code}` });
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
    const facts = { error: custom(6001), logs: [], instructions: [named(coordinator)], programs };
    expect(explainFailure(facts).name).toContain('error 6001');
  });

  test.each<[unknown, string]>([
    ['BlockhashNotFound', 'too old'],
    ['InsufficientFundsForFee', 'less SOL than the network fee'],
    [{ InsufficientFundsForRent: { account_index: 0 } }, 'rent-exempt minimum'],
    [{ InstructionError: [0, 'ProgramFailedToComplete'] }, 'broke off in the middle'],
    [{ InstructionError: [0, { BorshIoError: 'Unknown' }] }, 'its own data'],
    [{ InstructionError: [0, { SomethingElse: 1 }] }, 'SomethingElse'],
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
