import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { encodeInstruction, instructionAccounts } from '#core/codec/instruction-codec.ts';
import { programInterface } from '#core/codec/program-interface.ts';
import type { Shape } from '#core/codec/shape.ts';
import { DEFAULT_PROGRAM_IDS, type ProgramName, PROGRAM_NAMES } from '#core/layouts/programs.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import {
  COMPUTE_BUDGET_PROGRAM,
  RECENT_BLOCKHASHES_SYSVAR,
  RENT_SYSVAR,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from '#core/solana/program-ids.ts';
import { type BuiltAccount, le, someAddress, someInstruction, someMessage } from '#test/builders/message-builder.ts';
import { countOf, reportCounts } from '#test/signing/report-counts.ts';
import { runsFor } from '#test/signing/share-of-work.ts';
import type { Review } from './review.ts';
import { summarize } from './summarize.ts';

const EDGES = [0n, 1n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n, 2n ** 63n, 2n ** 64n - 1n];
const u64 = fc.oneof(fc.constantFrom(...EDGES), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));
const RUNS = runsFor(10_000);

const counts = { fields: 0, sums: 0, fees: 0 };
afterAll(() => {
  const { fields, sums, fees } = counts;
  reportCounts(
    'T7',
    `${countOf(fields)} amounts in fields, ${countOf(sums)} sums and ${countOf(fees)} fees told exactly`,
  );
});

const me = someAddress(1);
const [a, b, c] = [someAddress(11), someAddress(12), someAddress(13)];
const bytesOf = (address: Address) => [...addressToBytes(address)];
const seed = [...le(1, 8), 120];
const owner: BuiltAccount = [me, 's'];
const payer: BuiltAccount = [me, 'sw'];

/** An instruction of a program every cluster has, with an amount in it. `lamports`: it leaves `me`, or an account `me` controls. */
type AmountField = {
  readonly name: string;
  readonly path: string;
  readonly kind: 'lamports' | 'tokens' | 'number';
  /** The instruction moves tokens out of an own account. */
  readonly leaves?: boolean;
  readonly decimals?: number;
  readonly build: (amount: bigint) => ReturnType<typeof someInstruction>;
};

const system = (tag: number, accounts: readonly BuiltAccount[], data: readonly number[]) =>
  someInstruction(SYSTEM_PROGRAM, accounts, [...le(tag, 4), ...data]);
const token = (tag: number, accounts: readonly BuiltAccount[], data: readonly number[]) =>
  someInstruction(TOKEN_PROGRAM, accounts, [tag, ...data]);
const lamports = (name: string, build: AmountField['build']): AmountField => ({
  name,
  path: 'lamports',
  kind: 'lamports',
  leaves: true,
  build,
});
const units = (name: string, leaves: boolean, build: AmountField['build'], decimals?: number): AmountField => ({
  name,
  path: 'amount',
  kind: 'tokens',
  leaves,
  ...(decimals === undefined ? {} : { decimals }),
  build,
});

const NATIVE: readonly AmountField[] = [
  lamports('CreateAccount', (n) =>
    system(0, [payer, [a, 'sw']], [...le(n, 8), ...le(9, 8), ...bytesOf(SYSTEM_PROGRAM)]),
  ),
  lamports('Transfer', (n) => system(2, [payer, [a, 'w']], le(n, 8))),
  lamports('CreateAccountWithSeed', (n) =>
    system(
      3,
      [payer, [a, 'w'], owner],
      [...bytesOf(me), ...seed, ...le(n, 8), ...le(9, 8), ...bytesOf(SYSTEM_PROGRAM)],
    ),
  ),
  lamports('WithdrawNonceAccount', (n) =>
    system(5, [[a, 'w'], [b, 'w'], [RECENT_BLOCKHASHES_SYSVAR], [RENT_SYSVAR], owner], le(n, 8)),
  ),
  lamports('TransferWithSeed', (n) =>
    system(11, [[a, 'w'], owner, [b, 'w']], [...le(n, 8), ...seed, ...bytesOf(SYSTEM_PROGRAM)]),
  ),
  {
    name: 'CreateAccount, size',
    path: 'space',
    kind: 'number',
    build: (n) => system(0, [payer, [a, 'sw']], [...le(1, 8), ...le(n, 8), ...bytesOf(SYSTEM_PROGRAM)]),
  },
  { name: 'Allocate, size', path: 'space', kind: 'number', build: (n) => system(8, [[a, 'sw']], le(n, 8)) },
  {
    name: 'AllocateWithSeed, size',
    path: 'space',
    kind: 'number',
    build: (n) => system(9, [[a, 'w'], owner], [...bytesOf(me), ...seed, ...le(n, 8), ...bytesOf(SYSTEM_PROGRAM)]),
  },
  units('token Transfer', true, (n) => token(3, [[a, 'w'], [b, 'w'], owner], le(n, 8))),
  units('token Approve', false, (n) => token(4, [[a, 'w'], [b], owner], le(n, 8))),
  units('token MintTo', false, (n) => token(7, [[c, 'w'], [a, 'w'], owner], le(n, 8))),
  units('token Burn', true, (n) => token(8, [[a, 'w'], [c, 'w'], owner], le(n, 8))),
  units('token TransferChecked', true, (n) => token(12, [[a, 'w'], [c], [b, 'w'], owner], [...le(n, 8), 6]), 6),
  units(
    'token TransferChecked of 0 decimals',
    true,
    (n) => token(12, [[a, 'w'], [c], [b, 'w'], owner], [...le(n, 8), 0]),
    0,
  ),
  units(
    'token TransferChecked of 255 decimals',
    true,
    (n) => token(12, [[a, 'w'], [c], [b, 'w'], owner], [...le(n, 8), 255]),
    255,
  ),
  units('token ApproveChecked', false, (n) => token(13, [[a, 'w'], [c], [b], owner], [...le(n, 8), 9]), 9),
  units('token MintToChecked', false, (n) => token(14, [[c, 'w'], [a, 'w'], owner], [...le(n, 8), 2]), 2),
  units('token BurnChecked', true, (n) => token(15, [[a, 'w'], [c, 'w'], owner], [...le(n, 8), 19]), 19),
  units('token AmountToUiAmount', false, (n) => token(23, [[c]], le(n, 8))),
  {
    name: 'SetComputeUnitPrice',
    path: 'micro_lamports',
    kind: 'number',
    build: (n) => someInstruction(COMPUTE_BUDGET_PROGRAM, [], [3, ...le(n, 8)]),
  },
];

function reviewOf(...instructions: ReturnType<typeof someInstruction>[]): Review {
  return summarize(someMessage({ payer: me, instructions }), { own: [me] });
}

describe('an amount is told exactly', () => {
  test.each(NATIVE)('in $name', (field) => {
    const check = (amount: bigint): void => {
      const { instructions, outflows, tokenOutflows, fee } = reviewOf(field.build(amount));
      const shown = instructions[0]?.fields.find(({ path }) => path === field.path);
      expect(shown?.value).toBe(amount.toString());
      counts.fields += 1;
      if (field.kind === 'lamports') {
        const inSol = /^(\S+) SOL$/.exec(shown?.note ?? '')?.[1] ?? '';
        expect(nativeOf(inSol, 9)).toBe(amount);
        const paid = outflows.reduce((sum, each) => sum + BigInt(each.lamports), 0n);
        expect(paid).toBe(amount + BigInt(fee.totalLamports));
        counts.sums += 1;
      }
      if (field.kind === 'tokens') {
        expect(tokenOutflows.map((each) => each.amount)).toEqual(field.leaves ? [amount.toString()] : []);
        const title = instructions[0]?.title ?? '';
        const told = / (\S+) (?:tokens|native units)/.exec(title)?.[1] ?? '';
        expect(nativeOf(told, title.includes('native units') ? 0 : (field.decimals ?? 0))).toBe(amount);
      }
    };
    for (const edge of EDGES) check(edge);
    fc.assert(fc.property(u64, check), { numRuns: Math.ceil(RUNS / NATIVE.length) });
  });

  const places = runAmounts();
  test.each(places)('in $program.$instruction, $path', ({ program, instruction, path, args }) => {
    const accounts = instructionAccounts(program, instruction).map(({ isSigner, isWritable, constant }, index) => {
      const flags = `${isSigner ? 's' : ''}${isWritable ? 'w' : ''}` as BuiltAccount[1];
      return [constant ?? someAddress(100 + index), flags ?? ''] as BuiltAccount;
    });
    const check = (amount: bigint): void => {
      const data = encodeInstruction(program, instruction, args(amount));
      const [shown] = reviewOf(someInstruction(DEFAULT_PROGRAM_IDS[program], accounts, data)).instructions;
      expect(shown?.isUnderstood).toBe(true);
      expect(shown?.fields.find((field) => field.path === path)?.value).toBe(amount.toString());
      counts.fields += 1;
    };
    for (const edge of EDGES) check(edge);
    fc.assert(fc.property(u64, check), { numRuns: Math.ceil(RUNS / (10 * places.length)) });
  });

  test('and every run program has one', () => {
    expect(new Set(places.map(({ program }) => program))).toEqual(new Set(['coordinator', 'treasurer']));
    expect(places.length).toBeGreaterThanOrEqual(10);
  });
});

describe('a sum of amounts is told exactly', () => {
  test('however many and large they are', () => {
    fc.assert(
      fc.property(fc.array(u64, { minLength: 1, maxLength: 8 }), (amounts) => {
        const transfers = amounts.map((amount) => system(2, [payer, [a, 'w']], le(amount, 8)));
        const { outflows, fee, destinations } = reviewOf(...transfers);
        const due = amounts.reduce((sum, amount) => sum + amount, BigInt(fee.totalLamports));
        expect(outflows.map((each) => [each.account, each.lamports])).toEqual([[me, due.toString()]]);
        expect(destinations.map(({ why }) => nativeOf(why.split(' ')[1] ?? '', 9))).toEqual(amounts);
        counts.sums += 1;
      }),
      { numRuns: Math.ceil(RUNS / 4) },
    );
  });
});

describe('a fee is told exactly', () => {
  const check = (price: bigint, limit: number, signers: number): void => {
    const { fee, flags } = summarize(bidding(price, limit, signers), { own: [me] });
    const granted = limit > 1_400_000 ? 1_400_000n : BigInt(limit);
    const base = 5_000n * BigInt(signers);
    // The smallest whole number that is not less than price × limit ÷ 10⁶.
    const priority = BigInt(fee.priorityLamports);
    expect(priority * 1_000_000n >= price * granted && (priority - 1n) * 1_000_000n < price * granted).toBe(true);
    expect(fee).toMatchObject({
      signatures: signers,
      baseLamports: base.toString(),
      totalLamports: (base + priority).toString(),
      computeUnitLimit: limit,
      computeUnitPrice: price.toString(),
    });
    const total = base + priority;
    const level =
      total > 500_000_000n ? 'refuse' : total > 10_000_000n ? 'typed' : total > 1_000_000n ? 'warn' : undefined;
    const flag = flags.find(({ code }) => code === 'fee/high');
    expect(flag?.level).toBe(level);
    if (flag) expect(nativeOf(/ be (\S+) SOL/.exec(flag.text)?.[1] ?? '', 9)).toBe(total);
    counts.fees += 1;
  };

  test('at every edge of price and limit', () => {
    const limits = [0, 1, 1_399_999, 1_400_000, 1_400_001, 2 ** 31, 2 ** 32 - 1];
    for (const price of EDGES)
      for (const limit of limits) for (const signers of [1, 2, 8]) check(price, limit, signers);
  });

  test('at any price and limit, around the caps in particular', () => {
    const limit = fc.oneof(fc.nat(1_400_000), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
    const nearCap = fc
      .tuple(fc.constantFrom(1_000_000n, 10_000_000n, 500_000_000n), fc.bigInt({ min: -3n, max: 3n }))
      .map(([cap, off]) => cap - 5_000n + off);
    fc.assert(fc.property(u64, limit, fc.integer({ min: 1, max: 8 }), check), { numRuns: RUNS });
    fc.assert(
      fc.property(nearCap, (price) => check(price, 1_000_000, 1)),
      { numRuns: Math.ceil(RUNS / 10) },
    );
  });
});

const templates = new Map<number, Uint8Array>();

/** A transfer that bids, with so many signers. Compiled once: the bid lies behind the tags of its first two instructions. */
function bidding(price: bigint, limit: number, signers: number): Uint8Array {
  const others = Array.from({ length: signers - 1 }, (_, index): BuiltAccount => [someAddress(100 + index), 's']);
  const template =
    templates.get(signers) ??
    someMessage({
      payer: me,
      instructions: [
        someInstruction(COMPUTE_BUDGET_PROGRAM, [], [2, ...le(0, 4)]),
        someInstruction(COMPUTE_BUDGET_PROGRAM, [], [3, ...le(0, 8)]),
        system(2, [payer, [a, 'w'], ...others], le(1, 8)),
      ],
    });
  templates.set(signers, template);
  const [limitAt = 0, priceAt = 0] = passCanonicalGate(template).instructions.map(({ dataOffset }) => dataOffset + 1);
  const message = template.slice();
  const view = new DataView(message.buffer);
  view.setUint32(limitAt, limit, true);
  view.setBigUint64(priceAt, price, true);
  return message;
}

/** Plain decimal text → native units, by hand: digits only, no zeros that say nothing. */
function nativeOf(text: string, decimals: number): bigint {
  const [whole = '', fraction = '', ...more] = text.split('.');
  const isPlain =
    /^(0|[1-9]\d*)$/.test(whole) && /^\d*$/.test(fraction) && !fraction.endsWith('0') && more.length === 0;
  if (!isPlain || text.endsWith('.') || fraction.length > decimals) throw new Error(`“${text}” is no plain amount`);
  return BigInt(whole) * 10n ** BigInt(decimals) + BigInt(fraction.padEnd(decimals, '0') || '0');
}

type RunAmount = {
  readonly program: ProgramName;
  readonly instruction: string;
  readonly path: string;
  readonly args: (amount: bigint) => Readonly<Record<string, unknown>>;
};

/** Every u64 argument of the run programs, the rest of its instruction being nothing. */
function runAmounts(): readonly RunAmount[] {
  return PROGRAM_NAMES.flatMap((program) =>
    programInterface(program).instructions.flatMap(({ name, args }) =>
      wholeNumbers(args, '').map(({ path, put }) => ({
        program,
        instruction: name,
        path,
        args: (amount: bigint) => put(amount) as Readonly<Record<string, unknown>>,
      })),
    ),
  );
}

type Place = { readonly path: string; readonly put: (amount: bigint) => unknown };

/** Where a shape holds a u64 outside of lists and variants, and the value that has an amount there and nothing elsewhere. */
function wholeNumbers(shape: Shape, path: string): Place[] {
  switch (shape.kind) {
    case 'u64':
      return [{ path, put: (amount) => amount }];
    case 'option':
      return wholeNumbers(shape.item, path);
    case 'struct':
      return shape.fields.flatMap(({ name, shape: field }) =>
        wholeNumbers(field, path === '' ? name : `${path}.${name}`).map((place) => ({
          path: place.path,
          put: (amount: bigint) => ({ ...(nothing(shape) as object), [name]: place.put(amount) }),
        })),
      );
    default:
      return [];
  }
}

function nothing(shape: Shape): unknown {
  switch (shape.kind) {
    case 'u64':
    case 'i64':
      return 0n;
    case 'bool':
    case 'smallBool':
      return false;
    case 'pubkey':
      return new Uint8Array(32);
    case 'byteArray':
      return new Uint8Array(shape.length);
    case 'bytes':
      return new Uint8Array();
    case 'string':
    case 'fixedString':
      return '';
    case 'vec':
    case 'fixedVec':
      return [];
    case 'option':
      return null;
    case 'array':
      return Array.from({ length: shape.length }, () => nothing(shape.item));
    case 'struct':
      return Object.fromEntries(shape.fields.map(({ name, shape: field }) => [name, nothing(field)]));
    case 'enum': {
      const [first] = shape.variants;
      return first?.payload ? { [first.name]: nothing(first.payload) } : first?.name;
    }
    default:
      return 0;
  }
}
