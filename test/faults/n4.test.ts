import { hexToBytes } from '@noble/hashes/utils.js';
import { afterAll, describe, expect, test } from 'vitest';
import { recogniseAccount } from '#core/accounts/recognise.ts';
import { decodePsycheAccount, psycheAccountToJson } from '#core/accounts/psyche-account.ts';
import { fieldText } from '#core/codec/field-text.ts';
import type { FieldNode } from '#core/codec/field-node.ts';
import { isAppError } from '#core/errors/app-error.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { newestBlockhash, readNonce } from '#core/nonces/nonce-account.ts';
import type { Account } from '#core/ports.ts';
import { decodeProgramAccount, decodeProgramDataHead } from '#core/programs-deployed/loader-state.ts';
import { lookAtMint } from '#core/rewards/mint.ts';
import { claimedPoints } from '#core/rewards/participant.ts';
import { readTokenAccount } from '#core/rewards/token-account.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM, TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { programAccount, programDataAccount } from '#test/builders/program-accounts.ts';
import { nonceAccount } from '#test/practice/nonce-desk.ts';
import { mintAccount, tokenAccount } from '#test/practice/rewards-desk.ts';
import { psycheBytes, psycheJson, thirdPartyBytes } from '#test/psyche-files.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { createRandom, type Random } from '#test/simulator/random.ts';
import { isWholeTier } from '#test/simulator/seeds.ts';
import { soakSeeds } from './share-of-soak.ts';
import { codeInWords } from './words-of.ts';

// Random bytes under known beginnings: “no bytes of any owner make the inspector fail” in src/core/accounts/recognise.test.ts.
const KINDS = [
  'owner',
  'a byte less',
  'a byte more',
  'another length',
  'discriminator',
  'version',
  'a bit',
  'some bytes',
  'all bytes',
  'executable',
] as const;
type AccountFault = (typeof KINDS)[number];

const counts = createFaultCounts<AccountFault>('N4', KINDS);
const endings = new Map<string, number>();
let accounts = 0;
afterAll(() => {
  counts.print();
  const words = [...endings].toSorted(([, one], [, other]) => other - one).map(([what, often]) => `${what} ${often}`);
  console.info(`N4: ${accounts} accounts: ${words.join(', ')}`);
});

const A = addressFromBytes(new Uint8Array(32).fill(7));
const { vectors } = psycheJson<{ vectors: { name: string; programId: Address; dataHex: string }[] }>(
  'vectors/borsh-accounts.json',
);

const account = (owner: Address, data: Uint8Array, executable = false): Account => ({
  address: A,
  lamports: 1n,
  owner,
  executable,
  data,
  space: data.length,
});
const stored = ({ owner, data }: { owner: Address; data: Uint8Array }) => account(owner, data);
const { coordinator } = DEFAULT_PROGRAM_IDS;
const unversioned = thirdPartyBytes('coordinator-account-v0.bin');

/** Every kind of account the app reads, as it should be. */
const GOOD: readonly (readonly [string, Account])[] = [
  ...vectors.map(({ name, programId, dataHex }) => [name, account(programId, hexToBytes(dataHex))] as const),
  ['nonce', stored(nonceAccount({ authority: A, nonce: A }))],
  ['mint', stored(mintAccount({ freezeAuthority: A }))],
  ['token account', stored(tokenAccount(A, 5n))],
  ['wallet', account(SYSTEM_PROGRAM, new Uint8Array())],
  ['program', programAccount(A)],
  ['program data', programDataAccount(A, { slot: 9n, authority: A, elf: new Uint8Array(50).fill(1) })],
  ['blockhashes', account(SYSTEM_PROGRAM, new Uint8Array(6008).fill(3))],
];

/** These take as long as a hundred of the others. */
const LARGE: readonly (readonly [string, Account])[] = [
  ['state of a run', account(coordinator, psycheBytes('fixtures/mid-training.bin'))],
  ['full state of a run', account(coordinator, psycheBytes('fixtures/full.bin'))],
  ...(unversioned ? [['state of an old run', account(coordinator, unversioned)] as const] : []),
];

const OWNERS = [...Object.values(DEFAULT_PROGRAM_IDS), SYSTEM_PROGRAM, TOKEN_PROGRAM, TOKEN_2022_PROGRAM, A];

/** Bytes that start at this place, from a length a few thousand at most. */
function overwritten(data: Uint8Array, start: number, length: number, random: Random): Uint8Array {
  const next = Uint8Array.from(data);
  const bytes = random.bytes(Math.max(0, Math.min(length, data.length - start)));
  if (bytes.length > 0) next.set(bytes, start);
  return next;
}

function bitFlipped(data: Uint8Array, random: Random): Uint8Array {
  const at = random.int(data.length || 1);
  const byte = data[at];
  return byte === undefined ? data : data.with(at, byte ^ (1 << random.int(8)));
}

function damaged(good: Account, kind: AccountFault, random: Random): Account {
  const { data } = good;
  const withData = (next: Uint8Array) => ({ ...good, data: next, space: next.length });
  switch (kind) {
    case 'owner':
      return { ...good, owner: OWNERS[random.int(OWNERS.length)] ?? A };
    case 'a byte less':
      return withData(data.slice(0, -1));
    case 'a byte more':
      return withData(Uint8Array.of(...data, random.int(256)));
    case 'another length': {
      const next = new Uint8Array(random.int(data.length * 2 + 300));
      next.set(data.subarray(0, next.length));
      return withData(next);
    }
    case 'discriminator':
      return withData(overwritten(data, random.int(8), 1 + random.int(8), random));
    case 'version':
      return withData(overwritten(data, 8, 8, random));
    case 'a bit':
      return withData(bitFlipped(data, random));
    case 'some bytes':
      return withData(overwritten(data, random.int(data.length || 1), random.int(64), random));
    case 'all bytes':
      return withData(Uint8Array.of(...data.subarray(0, random.pick([0, 8, 16])), ...random.bytes(random.int(400))));
    case 'executable':
      return { ...good, executable: !good.executable };
  }
}

/** Everything in the app that reads an account's bytes. Each answers, or refuses with a code. */
const READERS: Readonly<Record<string, (of: Account) => unknown>> = {
  inspector(of) {
    const found = recogniseAccount(of, DEFAULT_PROGRAM_IDS);
    expect(found.title).not.toBe('');
    expect(found.summary.every(({ label, value }) => label !== '' && typeof value === 'string')).toBe(true);
    if (found.problem) throw found.problem;
    return found.fields.map(textsOf);
  },
  json: ({ data }) => JSON.stringify(psycheAccountToJson(decodePsycheAccount(data))),
  run: ({ data }) => decodeCoordinatorAccount(data),
  nonce: (of) => readNonce(of).kind,
  blockhashes: (of) => newestBlockhash(of),
  mint: (of) => lookAtMint(A, of).kind,
  'token account': (of) => readTokenAccount(of),
  points: (of) => claimedPoints(of, DEFAULT_PROGRAM_IDS.treasurer),
  program: ({ data }) => decodeProgramAccount(data),
  'program data': ({ data }) => decodeProgramDataHead(data),
};

function textsOf(field: FieldNode): string {
  return field.children ? field.children.map(textsOf).join() : fieldText(field);
}

function readByAll(of: Account, where: string): void {
  accounts += 1;
  const before = of.data.slice(0, 64);
  for (const [reader, read] of Object.entries(READERS)) {
    const ending = endingOf(() => read(of), `${where}, read as ${reader}`);
    endings.set(ending, (endings.get(ending) ?? 0) + 1);
  }
  expect(of.data.subarray(0, 64)).toEqual(before);
}

function endingOf(read: () => unknown, where: string): string {
  try {
    read();
    return 'read';
  } catch (cause) {
    if (!isAppError(cause)) throw new Error(where, { cause });
    return codeInWords(cause);
  }
}

function runWith(seed: number, good: readonly (readonly [string, Account])[]): void {
  const random = createRandom(seed ^ 0x6e34);
  const [name, whole] = good[random.int(good.length)] ?? ['wallet', account(A, new Uint8Array())];
  const kind = random.pick(KINDS);
  counts.count(kind);
  readByAll(
    damaged(whole, kind, random),
    `SIMULATOR_SEED=${seed} npx vitest run test/faults/n4.test.ts: ${name}, ${kind}`,
  );
}

describe('N4: an account', () => {
  test('that is whole is read by what it is for, so that the rest proves something', () => {
    for (const [name, whole] of [...GOOD, ...LARGE]) readByAll(whole, name);
    expect(endings.get('read')).toBeGreaterThan(GOOD.length + LARGE.length);
  });

  test('with another owner, length, discriminator, version or content is read or refused with a code', () => {
    for (const seed of soakSeeds(100_000)) runWith(seed, GOOD);
  }, 3_600_000);

  test('of the state of a run, the same', () => {
    for (const seed of soakSeeds(1000)) runWith(seed, LARGE);
  }, 3_600_000);

  test('changes nothing that all objects share', () => {
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

test.runIf(isWholeTier())('N4: met every damage, and both endings', () => {
  expect(counts.missing()).toEqual([]);
  expect(endings.size).toBeGreaterThan(5);
});
