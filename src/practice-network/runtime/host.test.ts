import { describe, expect, test } from 'vitest';
import type { Address } from '#core/solana/address.ts';
import { findProgramAddress } from '#core/solana/pda.ts';
import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { createStage, testAddress } from '#test/practice/stage.ts';
import { createAccount, transfer } from '#test/practice/system-instructions.ts';
import type { AccountMeta, Instruction } from './native/native-executor.ts';
import type { ProgramContext, WorkingAccount } from './programs/program.ts';
import { rentExemptMinimum } from './rent.ts';

const PROGRAM = testAddress(100);
const OTHER_PROGRAM = testAddress(101);
const OWN = testAddress(102);
const FOREIGN = testAddress(103);
const SOL = 1_000_000_000n;

/** A stage with a program that does what the test says, one account it owns and one it does not. */
function stageWith(run: (context: ProgramContext) => void, other: (context: ProgramContext) => void = () => undefined) {
  const stage = createStage([
    [PROGRAM, { computeUnits: 1000n, run }],
    [OTHER_PROGRAM, { computeUnits: 500n, run: other }],
  ]);
  const lamports = rentExemptMinimum(40);
  const data = new Uint8Array(40).fill(1);
  stage.accounts.set(OWN, { lamports, data, owner: PROGRAM, executable: false });
  stage.accounts.set(FOREIGN, { lamports, data, owner: TOKEN_PROGRAM, executable: false });
  return stage;
}

function meta(address: Address, flags: { isSigner?: boolean; isWritable?: boolean } = {}): AccountMeta {
  return { address, isSigner: flags.isSigner ?? false, isWritable: flags.isWritable ?? true };
}

function callOf(accounts: readonly AccountMeta[], programId = PROGRAM): Instruction {
  return { programId, accounts, data: new Uint8Array(0) };
}

const byAddress = (context: ProgramContext, address: Address): WorkingAccount => {
  const account = context.accounts.find((each) => each.address === address);
  if (account === undefined) throw new Error('not in the list');
  return account;
};

const bothWritable = callOf([meta(OWN), meta(FOREIGN)]);
const bothReadonly = callOf([meta(OWN, { isWritable: false }), meta(FOREIGN, { isWritable: false })]);

describe('an emulated program', () => {
  const rules: readonly [string, string, Instruction, (context: ProgramContext) => void][] = [
    [
      'credit a read-only account',
      'ReadonlyLamportChange',
      callOf([meta(OWN), meta(FOREIGN, { isWritable: false })]),
      (context) => {
        byAddress(context, OWN).lamports -= 5n;
        byAddress(context, FOREIGN).lamports += 5n;
      },
    ],
    [
      'write into a read-only account of its own',
      'ReadonlyDataModified',
      bothReadonly,
      (context) => {
        byAddress(context, OWN).data = new Uint8Array(40);
      },
    ],
    [
      'spend from an account it does not own',
      'ExternalAccountLamportSpend',
      bothWritable,
      (context) => {
        byAddress(context, FOREIGN).lamports -= 5n;
        byAddress(context, OWN).lamports += 5n;
      },
    ],
    [
      'write into an account it does not own',
      'ExternalAccountDataModified',
      bothWritable,
      (context) => {
        byAddress(context, FOREIGN).data = new Uint8Array(40);
      },
    ],
    [
      'resize an account it does not own',
      'AccountDataSizeChanged',
      bothWritable,
      (context) => {
        byAddress(context, FOREIGN).data = new Uint8Array(41);
      },
    ],
    [
      'give away an account that still holds data',
      'ModifiedProgramId',
      bothWritable,
      (context) => {
        byAddress(context, OWN).owner = OTHER_PROGRAM;
      },
    ],
    [
      'take an account that is not its own',
      'ModifiedProgramId',
      bothWritable,
      (context) => {
        byAddress(context, FOREIGN).owner = PROGRAM;
      },
    ],
    [
      'make lamports',
      'UnbalancedInstruction',
      bothWritable,
      (context) => {
        byAddress(context, OWN).lamports += 1n;
      },
    ],
    [
      'grow an account by more than 10,240 bytes',
      'InvalidRealloc',
      bothWritable,
      (context) => {
        byAddress(context, OWN).data = new Uint8Array(40 + 10_241);
      },
    ],
    [
      'call a program that was not passed in',
      'MissingAccount',
      bothWritable,
      (context) => context.invoke(callOf([], OTHER_PROGRAM)),
    ],
    [
      'hand on an account that was not passed in',
      'MissingAccount',
      callOf([meta(OWN), meta(OTHER_PROGRAM, { isWritable: false })]),
      (context) => context.invoke(callOf([meta(FOREIGN)], OTHER_PROGRAM)),
    ],
    [
      'hand on more writing than it was given',
      'PrivilegeEscalation',
      callOf([meta(OWN, { isWritable: false }), meta(OTHER_PROGRAM, { isWritable: false })]),
      (context) => context.invoke(callOf([meta(OWN)], OTHER_PROGRAM)),
    ],
    [
      'sign for an account it has no seeds of',
      'PrivilegeEscalation',
      callOf([meta(OWN), meta(OTHER_PROGRAM, { isWritable: false })]),
      (context) =>
        context.invoke(callOf([meta(OWN, { isSigner: true })], OTHER_PROGRAM), [
          [Uint8Array.of(1), Uint8Array.of(ownBump)],
        ]),
    ],
    [
      'call an account that is no program',
      'AccountNotExecutable',
      bothWritable,
      (context) => context.invoke(callOf([], FOREIGN)),
    ],
    [
      'derive a signer from a seed of 33 bytes',
      'MaxSeedLengthExceeded',
      callOf([meta(OTHER_PROGRAM, { isWritable: false })]),
      (context) => context.invoke(callOf([], OTHER_PROGRAM), [[new Uint8Array(33)]]),
    ],
  ];

  test.each(rules)('cannot %s: %s', (_what, error, instruction, run) => {
    const stage = stageWith(run);
    const before = new Map(stage.accounts);
    const result = stage.send([instruction]);
    expect(result.err).toEqual({ InstructionError: [0, error] });
    expect(result.changed.size).toBe(0);
    expect(stage.accounts).toEqual(before);
  });

  test('may do all of this to an account of its own, up to the limit', () => {
    const stage = stageWith((context) => {
      const own = byAddress(context, OWN);
      own.data = new Uint8Array(40 + 10_240);
      byAddress(context, FOREIGN).lamports += 1n;
      own.lamports -= 1n;
      own.owner = OTHER_PROGRAM;
    });
    stage.accounts.set(OWN, { lamports: SOL, data: new Uint8Array(40), owner: PROGRAM, executable: false });
    expect(stage.send([bothWritable]).err).toBeNull();
    expect(stage.accounts.get(OWN)).toMatchObject({ lamports: SOL - 1n, owner: OTHER_PROGRAM });
    expect(stage.accounts.get(OWN)?.data).toHaveLength(10_280);
  });

  test('that throws fails like one that panicked, and the server goes on', () => {
    const stage = stageWith(() => {
      throw new TypeError('boom');
    });
    const result = stage.send([bothWritable]);
    expect(result.err).toEqual({ InstructionError: [0, 'ProgramFailedToComplete'] });
    expect(result.logs).toEqual([
      `Program ${PROGRAM} invoke [1]`,
      'Program log: panicked at boom',
      `Program ${PROGRAM} consumed 1000 of 1400000 compute units`,
      `Program ${PROGRAM} failed: Program failed to complete`,
    ]);
  });

  test('stops when the compute units are gone', () => {
    const stage = stageWith(() => undefined);
    const result = stage.send([bothWritable], 999n);
    expect(result.err).toEqual({ InstructionError: [0, 'ProgramFailedToComplete'] });
    expect(result.logs.at(-1)).toBe(`Program ${PROGRAM} failed: exceeded CUs meter at BPF instruction`);
    expect(result.unitsConsumed).toBe(999n);
  });

  test('sees and keeps what an earlier instruction did, and loses it with a later failure', () => {
    const stage = stageWith((context) => {
      const own = byAddress(context, OWN);
      own.data = own.data.map((byte) => byte + 1);
    });
    stage.land([bothWritable, bothWritable]);
    expect(stage.accounts.get(OWN)?.data[0]).toBe(3);
    const poor = stage.fund(1, 5n);
    expect(stage.send([bothWritable, transfer(poor, testAddress(2), SOL)]).err).toEqual({
      InstructionError: [1, { Custom: 1 }],
    });
    expect(stage.accounts.get(OWN)?.data[0]).toBe(3);
  });

  test('runs between native instructions of the same transaction', () => {
    const stage = stageWith((context) => {
      const own = byAddress(context, OWN);
      own.data = own.data.map((byte) => byte + 1);
    });
    const payer = stage.fund(1);
    const fresh = testAddress(5);
    const lamports = rentExemptMinimum(8);
    const result = stage.land([
      createAccount(payer, fresh, { lamports, sizeBytes: 8, owner: PROGRAM }),
      callOf([meta(OWN), meta(fresh)]),
      transfer(payer, fresh, 1n),
    ]);
    expect(stage.accounts.get(fresh)?.lamports).toBe(lamports + 1n);
    expect(result.logs.filter((line) => line.endsWith('invoke [1]'))).toHaveLength(3);
  });

  test('may not leave a new account too poor for rent', () => {
    const stage = stageWith((context) => {
      byAddress(context, OWN).lamports -= 5n;
      byAddress(context, FOREIGN).lamports += 5n;
    });
    const result = stage.send([bothWritable]);
    expect(result.err).toEqual({ InsufficientFundsForRent: { account_index: 0 } });
  });
});

const { address: PDA, bump: ownBump } = findProgramAddress([Uint8Array.of(1)], PROGRAM);

describe('a call from an emulated program', () => {
  const withSystem = (accounts: readonly AccountMeta[]) =>
    callOf([...accounts, meta(SYSTEM_PROGRAM, { isWritable: false })]);

  test('lets its own program address sign, raises the stack height and shows the change at once', () => {
    let seen = 0n;
    const stage = stageWith((context) => {
      context.invoke(transfer(PDA, OWN, SOL), [[Uint8Array.of(1), Uint8Array.of(ownBump)]]);
      seen = byAddress(context, PDA).lamports;
    });
    stage.accounts.set(PDA, { lamports: 3n * SOL, data: new Uint8Array(0), owner: SYSTEM_PROGRAM, executable: false });
    const result = stage.land([withSystem([meta(PDA), meta(OWN)])]);
    expect(seen).toBe(2n * SOL);
    expect(stage.accounts.get(PDA)?.lamports).toBe(2n * SOL);
    expect(result.logs).toEqual([
      `Program ${PROGRAM} invoke [1]`,
      `Program ${SYSTEM_PROGRAM} invoke [2]`,
      `Program ${SYSTEM_PROGRAM} success`,
      `Program ${PROGRAM} consumed 1150 of 1400000 compute units`,
      `Program ${PROGRAM} success`,
    ]);
    expect(result.innerInstructions).toEqual([
      {
        index: 0,
        instructions: [{ programIdIndex: 2, accounts: [0, 1], data: transfer(PDA, OWN, SOL).data, stackHeight: 2 }],
      },
    ]);
  });

  test('hands its own changes to the program it calls', () => {
    let lamports = 0n;
    const stage = stageWith(
      (context) => {
        byAddress(context, OWN).lamports -= 7n;
        byAddress(context, FOREIGN).lamports += 7n;
        context.invoke(callOf([meta(FOREIGN)], OTHER_PROGRAM));
      },
      (context) => {
        lamports = byAddress(context, FOREIGN).lamports;
      },
    );
    stage.accounts.set(OWN, { lamports: SOL, data: new Uint8Array(40), owner: PROGRAM, executable: false });
    stage.land([callOf([meta(OWN), meta(FOREIGN), meta(OTHER_PROGRAM, { isWritable: false })])]);
    expect(lamports).toBe(rentExemptMinimum(40) + 7n);
  });

  test('fails the caller with the error of the program it called', () => {
    const stage = stageWith((context) => context.invoke(transfer(testAddress(1), OWN, 50n * SOL)));
    const payer = stage.fund(1);
    const result = stage.send([withSystem([meta(payer, { isSigner: true }), meta(OWN)])]);
    expect(result.err).toEqual({ InstructionError: [0, { Custom: 1 }] });
    expect(result.logs.slice(-3)).toEqual([
      `Program ${SYSTEM_PROGRAM} failed: custom program error: 0x1`,
      `Program ${PROGRAM} consumed 1150 of 1400000 compute units`,
      `Program ${PROGRAM} failed: custom program error: 0x1`,
    ]);
  });

  test('cannot come back to a program above it, and goes no deeper than five', () => {
    const accounts = [meta(PROGRAM, { isWritable: false }), meta(OTHER_PROGRAM, { isWritable: false })];
    const back = stageWith(
      (context) => context.invoke(callOf(accounts, OTHER_PROGRAM)),
      (context) => context.invoke(callOf(accounts, PROGRAM)),
    );
    expect(back.send([callOf(accounts)]).err).toEqual({ InstructionError: [0, 'ReentrancyNotAllowed'] });
    const deep = stageWith((context) => context.invoke(callOf(accounts)));
    const result = deep.send([callOf(accounts)]);
    expect(result.err).toEqual({ InstructionError: [0, 'CallDepth'] });
    expect(result.logs.filter((line) => line.includes(' invoke '))).toHaveLength(5);
  });

  test('counts growth over all calls of one instruction', () => {
    const stage = stageWith((context) => {
      const own = byAddress(context, OWN);
      own.data = new Uint8Array(40 + 10_000);
      context.invoke(transfer(testAddress(1), OWN, 5n * SOL));
      byAddress(context, OWN).data = new Uint8Array(40 + 10_241);
    });
    const payer = stage.fund(1);
    const result = stage.send([withSystem([meta(payer, { isSigner: true }), meta(OWN)])]);
    expect(result.err).toEqual({ InstructionError: [0, 'InvalidRealloc'] });
  });

  test('knows no address for a bump whose hash a key could exist for', () => {
    const seed = [...Array(256).keys()].map((byte) => Uint8Array.of(byte)).find((each) => bumpOf(each) < 255);
    const stage = stageWith((context) =>
      context.invoke(callOf([], OTHER_PROGRAM), [[seed ?? new Uint8Array(0), Uint8Array.of(255)]]),
    );
    const result = stage.send([callOf([meta(OTHER_PROGRAM, { isWritable: false })])]);
    expect(result.err).toEqual({ InstructionError: [0, 'InvalidSeeds'] });
  });
});

function bumpOf(seed: Uint8Array): number {
  return findProgramAddress([seed], PROGRAM).bump;
}
