import { ComputeBudgetProgram } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AppError } from '#core/errors/app-error.ts';
import { type Address, addressToBytes, parseAddress } from '#core/solana/address.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { encodeMessage } from '#core/solana/message.ts';
import { MEMO_PROGRAM, RECENT_BLOCKHASHES_SYSVAR, SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { le, someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { instructionOf, type InstructionVector, readInstructionVectors } from '#test/builders/vector-instructions.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { Review } from './review.ts';
import { summarize } from './summarize.ts';

const me = someAddress(1);
const other = someAddress(2);
const vectors = readInstructionVectors();
const transfer = (lamports: bigint, from = me, to = other) =>
  someInstruction(
    SYSTEM_PROGRAM,
    [
      [from, 'sw'],
      [to, 'w'],
    ],
    [2, 0, 0, 0, ...le(lamports, 8)],
  );

function review(instructions: Parameters<typeof someMessage>[0]['instructions'], own: Address[] = [me], payer = me) {
  return summarize(someMessage({ payer, instructions }), { own });
}

/** A recorded instruction that fits no transaction. Source: PROTOCOL §3.2. */
const TOO_LARGE = 'treasurer.run_update/largest';
const fitting = vectors.filter(({ name }) => name !== TOO_LARGE);

/** The recorded instruction alone, paid by its first signer. */
function messageOf(vector: InstructionVector, version: 'legacy' | 0 = 'legacy'): Uint8Array {
  const payer = vector.accounts.find(({ isSigner }) => isSigner)?.pubkey ?? me;
  return someMessage({ payer, instructions: [instructionOf(vector)], version });
}

function reviewVector(vector: InstructionVector) {
  return summarize(messageOf(vector), { own: [] });
}

describe('a summary', () => {
  test.each(fitting.map((vector) => [vector.name, vector] as const))(
    'understands every byte of %s',
    (_name, vector) => {
      const made = reviewVector(vector);
      const [instruction] = made.instructions;
      expect(instruction).toMatchObject({ isUnderstood: true, dataHex: vector.dataHex });
      expect(instruction?.accounts.map(({ address }) => address)).toEqual(vector.accounts.map(({ pubkey }) => pubkey));
      const codes = made.flags.map(({ code }) => code);
      expect(codes.filter((code) => /undecoded|unknown|accounts\//.test(code))).toEqual([]);
      expect(Review.parse(JSON.parse(JSON.stringify(made)))).toEqual(made);
    },
  );

  test('refuses the one recorded instruction that fits no transaction', () => {
    const refused = expect.objectContaining({ code: 'message/too-large' });
    for (const vector of vectors.filter(({ name }) => name === TOO_LARGE)) {
      expect(() => reviewVector(vector)).toThrow(refused);
    }
    expect(vectors.length - fitting.length).toBe(1);
  });

  test('shows the arguments in byte order, leaving out nothing but tags and counts', () => {
    // A witness also carries unused slots; encoding the arguments again proves them empty.
    for (const vector of fitting.filter(({ name }) => !name.includes('witness'))) {
      const fields = reviewVector(vector).instructions[0]?.fields ?? [];
      const end = fields.reduce((before, field) => {
        expect(field.start - before).toBeGreaterThanOrEqual(0);
        expect(field.start - before).toBeLessThanOrEqual(before === 0 ? 12 : 4);
        return field.end;
      }, 0);
      expect([0, vector.dataHex.length / 2]).toContain(end);
    }
  });

  test('gives the roles the programs give', () => {
    const vector = vectors.find(({ name }) => name === 'coordinator.init_coordinator/plain');
    if (vector === undefined) throw new Error('the vector is gone');
    const [instruction] = review([instructionOf(vector)]).instructions;
    expect(instruction?.title).toBe('Create run “test”');
    expect(instruction?.accounts.map(({ role }) => role)).toEqual(vector.accounts.map(({ name }) => name));
  });

  test('says “you”, labels, and what an amount is in SOL', () => {
    const made = summarize(someMessage({ payer: me, instructions: [transfer(1_500_000_000n)] }), {
      own: [me],
      labels: { [other]: 'Node 7' },
    });
    expect(made.signers).toEqual([{ address: me, isFeePayer: true, isWritable: true, isOwn: true }]);
    expect(made.instructions[0]?.accounts).toMatchObject([
      { role: 'from', address: me, isOwn: true },
      { role: 'to', address: other, isOwn: false, label: 'Node 7' },
    ]);
    expect(made.instructions[0]?.fields).toEqual([
      { label: 'Amount', path: 'lamports', value: '1500000000', note: '1.5 SOL', start: 4, end: 12 },
    ]);
    expect(made.destinations).toMatchObject([{ address: other, label: 'Node 7', isOwn: false }]);
  });

  test('adds up what an own account can lose, the fee included', () => {
    expect(review([transfer(7n), transfer(8n), transfer(100n, other, me)], [me]).outflows).toEqual([
      { account: me, lamports: '10015', why: ['network fee', `sent to ${other}`, `sent to ${other}`] },
    ]);
  });

  test('stays exact where amounts pass u64', () => {
    const most = 2n ** 64n - 1n;
    expect(review([transfer(most), transfer(most)]).outflows[0]?.lamports).toBe((2n * most + 5000n).toString());
  });

  test('counts the rent of accounts a program makes, at the highest rate', () => {
    const vector = vectors.find(({ name }) => name.startsWith('authorizer.authorization_create/'));
    const payer = vector?.accounts.find(({ name }) => name === 'payer')?.pubkey;
    if (vector === undefined || payer === undefined) throw new Error('the vector is gone');
    const [outflow] = review([instructionOf(vector)], [parseAddress(payer)]).outflows;
    expect(outflow).toMatchObject({ account: payer, lamports: ((128n + 90n + 18n) * 6960n).toString() });
  });

  test('counts what leaves an account that an own key only controls', () => {
    const [derived, program] = [someAddress(21), [...addressToBytes(SYSTEM_PROGRAM)]];
    const withSeed = someInstruction(
      SYSTEM_PROGRAM,
      [
        [derived, 'w'],
        [me, 's'],
        [other, 'w'],
      ],
      [11, 0, 0, 0, ...le(9, 8), ...le(1, 8), 120, ...program],
    );
    expect(review([withSeed], [me], other).outflows).toEqual([
      { account: derived, lamports: '9', why: [`sent to ${other}`] },
    ]);
  });

  test.each([
    ['coordinator.init_coordinator/plain', 'coordinator_instance'],
    ['treasurer.run_create', 'run'],
    ['treasurer.run_create', 'run_collateral'],
    ['treasurer.run_create', 'coordinator_instance'],
    ['treasurer.participant_create', 'participant'],
    ['treasurer.participant_claim', 'participant'],
    ['authorizer.authorization_create', 'authorization'],
  ])('flags %s when its %s is not the address its arguments lead to', (prefix, role) => {
    const vector = fitting.find(({ name }) => name.startsWith(prefix));
    if (vector === undefined) throw new Error(`no vector ${prefix}`);
    const foreign = someAddress(77);
    const accounts = vector.accounts.map((each) => (each.name === role ? { ...each, pubkey: foreign } : each));
    expect(reviewVector({ ...vector, accounts }).flags).toContainEqual(
      expect.objectContaining({
        level: 'typed',
        code: 'accounts/derived-mismatch',
        text: expect.stringContaining(foreign),
      }),
    );
  });

  test('tells token movements by account, in native units', () => {
    const move = someInstruction(
      TOKEN_PROGRAM,
      [[someAddress(5), 'w'], [someAddress(6)], [someAddress(7), 'w'], [me, 's']],
      [12, ...le(1500n, 8), 3],
    );
    const made = review([move]);
    expect(made.instructions[0]?.title).toContain('1.5 tokens');
    expect(made.tokenOutflows).toEqual([
      { account: someAddress(5), authority: me, mint: someAddress(6), decimals: 3, amount: '1500' },
    ]);
    expect(made.flags).toEqual([]);
  });

  test('finds nothing to flag in a plain transfer', () => {
    expect(review([transfer(1n)]).flags).toEqual([]);
  });

  test('refuses what the gate refuses', () => {
    const bytes = someMessage({ instructions: [transfer(1n)] });
    expect(() => summarize(Uint8Array.of(...bytes, 0), { own: [] })).toThrow(
      expect.objectContaining({ code: 'message/trailing-bytes' }),
    );
  });

  test('reads the run programs at the addresses it is given', () => {
    const vector = vectors.find(({ name }) => name.startsWith('coordinator.set_paused'));
    if (vector === undefined) throw new Error('the vector is gone');
    const bytes = someMessage({ instructions: [instructionOf(vector)] });
    const programs = { coordinator: someAddress(50), treasurer: someAddress(51), authorizer: someAddress(52) };
    expect(summarize(bytes, { own: [], programs }).flags.map(({ code }) => code)).toContain('program/unknown');
  });
});

describe('lookup tables', () => {
  test('are refused, and their accounts shown as what they are', () => {
    const plain = passCanonicalGate(someMessage({ payer: me, instructions: [transfer(1n)], version: 0 }));
    const table = { table: someAddress(40), writableIndexes: [7], readonlyIndexes: [8] };
    const [first] = plain.instructions;
    if (first === undefined) throw new Error('the transfer is gone');
    const instructions = [{ ...first, accountIndexes: [0, 3, 4] }];
    const made = summarize(encodeMessage({ ...plain, instructions, lookups: [table] }), { own: [me] });
    expect(made.flags).toContainEqual(expect.objectContaining({ level: 'refuse', code: 'message/lookup-tables' }));
    expect(made.lookups).toEqual([table]);
    expect(made.instructions[0]?.accounts.slice(1)).toEqual([
      { role: 'to', tableEntry: { table: table.table, index: 7 }, isSigner: false, isWritable: true, isOwn: false },
      {
        role: 'account 3',
        tableEntry: { table: table.table, index: 8 },
        isSigner: false,
        isWritable: false,
        isOwn: false,
      },
    ]);
    expect(made.destinations).toEqual([]);
  });
});

describe('fees', () => {
  const limit = ComputeBudgetProgram.setComputeUnitLimit({ units: 1_000_000 });
  test.each<[string, bigint, string[]]>([
    ['up to 0.001 SOL are not mentioned', 995_000n, []],
    ['above 0.001 SOL are pointed out', 995_001n, ['warn']],
    ['up to 0.01 SOL are only pointed out', 9_995_000n, ['warn']],
    ['above 0.01 SOL need a typed phrase', 9_995_001n, ['typed']],
    ['up to 0.5 SOL can be signed', 499_995_000n, ['typed']],
    ['above 0.5 SOL are refused', 499_995_001n, ['refuse']],
    ['at the largest price are refused', 2n ** 64n - 1n, ['refuse']],
  ])('%s', (_name, microLamports, levels) => {
    const made = review([limit, ComputeBudgetProgram.setComputeUnitPrice({ microLamports }), transfer(1n)]);
    expect(made.flags.map(({ level, code }) => (code === 'fee/high' ? level : code))).toEqual(levels);
  });
});

describe('lifetimes', () => {
  const advance = (authority: Address) =>
    someInstruction(
      SYSTEM_PROGRAM,
      [[someAddress(3), 'w'], [RECENT_BLOCKHASHES_SYSVAR], [authority, 's']],
      [4, 0, 0, 0],
    );

  test('without end are said, and can be ended by their own authority', () => {
    const made = review([advance(me), transfer(1n)]);
    expect(made.lifetime).toMatchObject({ kind: 'nonce', nonceAccount: someAddress(3), nonceAuthority: me });
    expect(made.flags.map(({ level, code }) => [level, code])).toEqual([['warn', 'lifetime/never-expires']]);
  });

  test('that somebody else controls need a typed phrase', () => {
    expect(review([advance(other), transfer(1n)]).flags).toContainEqual(
      expect.objectContaining({ level: 'typed', code: 'lifetime/foreign-nonce-authority' }),
    );
  });
});

describe('no invisible bit', () => {
  test('every flipped bit of a small run instruction is refused or changes the review', () => {
    for (const name of [
      'coordinator.set_paused/',
      'coordinator.init_coordinator/plain',
      'authorizer.authorization_create/',
    ]) {
      const vector = vectors.find((each) => each.name.startsWith(name));
      if (vector === undefined) throw new Error(`no vector ${name}`);
      const bytes = someMessage({ instructions: [instructionOf(vector)] });
      const shown = seen(bytes);
      for (let bit = 0; bit < bytes.length * 8; bit += 1) expectVisible(bytes, bit, shown);
    }
  });

  test('a flipped bit of any recorded instruction is refused or changes the review', () => {
    const messages = fitting.flatMap((vector) => [messageOf(vector), messageOf(vector, 0)]);
    fc.assert(
      fc.property(fc.constantFrom(...messages), fc.nat(), (bytes, seed) => {
        expectVisible(bytes, seed % (bytes.length * 8), seen(bytes));
      }),
      { numRuns: propertyRuns() },
    );
  });

  test('every flipped bit of native instructions is refused or changes the review', () => {
    const bytes = someMessage({
      instructions: [
        ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 5n }),
        transfer(12n),
        someInstruction(MEMO_PROGRAM, [[me, 's']], new TextEncoder().encode('héllo')),
        someInstruction(
          TOKEN_PROGRAM,
          [[other, 'w'], [someAddress(6)], [someAddress(7), 'w'], [me, 's']],
          [12, ...le(9n, 8), 2],
        ),
      ],
    });
    const shown = seen(bytes);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) expectVisible(bytes, bit, shown);
  });

  test('random bytes are refused with a code or summarized', () => {
    fc.assert(
      fc.property(fc.constantFrom(...vectors), fc.uint8Array({ maxLength: 60 }), (vector, tail) => {
        const data = Uint8Array.of(...instructionOf(vector).data.subarray(0, 8), ...tail);
        expect(seen(someMessage({ instructions: [someInstruction(vector.programId, [], data)] }))).not.toBe('');
      }),
      { numRuns: propertyRuns() },
    );
  });

  function expectVisible(bytes: Uint8Array, bit: number, shown: string): void {
    const flipped = bytes.slice();
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    if (seen(flipped) === shown) throw new Error(`bit ${bit} of byte ${bit >> 3} is not shown`);
  }

  /** What a person can see: everything but the hash, the raw bytes, and data that is shown as fields instead. */
  function seen(bytes: Uint8Array): string {
    try {
      const { messageHash: _hash, messageBase64: _bytes, instructions, ...rest } = summarize(bytes, { own: [me] });
      const shown = instructions.map(({ dataHex, ...each }) => (each.isUnderstood ? each : { ...each, dataHex }));
      return JSON.stringify([rest, shown]);
    } catch (error) {
      if (error instanceof AppError) return error.code;
      throw error;
    }
  }
});
