import { describe, expect, test } from 'vitest';
import { encodeInstruction } from '#core/codec/instruction-codec.ts';
import type { JournaledTransaction } from '#core/journal/entry.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { MEMO_PROGRAM } from '#core/solana/program-ids.ts';
import type { Lifetime } from '#core/transactions/lifetime.ts';
import { someAddress, someInstruction } from '#test/builders/message-builder.ts';
import { messageFor } from '#test/builders/message-for.ts';
import { nonceAccount } from '#test/practice/nonce-desk.ts';
import { createBytesReviews } from './bytes-reviews.ts';
import { createReviewShelf } from './kept-review.ts';

const payer = someAddress(1);
const friend = someAddress(2);
const account = someAddress(3);
const value = someAddress(4);
const blockhash: Lifetime = { kind: 'blockhash', blockhash: someAddress(9), lastValidBlockHeight: 0n };
const byNonce: Lifetime = { kind: 'nonce', account, authority: payer, nonce: value };
const memo = (text: string) => someInstruction(MEMO_PROGRAM, [], [...new TextEncoder().encode(text)]);
const together = someInstruction(MEMO_PROGRAM, [[friend, 's']], [65]);

const NOTICE = { level: 'typed', text: 'It was replaced', remedy: '' };

/** A cluster and a person, as a test says. */
function createWorld() {
  const world = {
    isBlockhashKnown: true,
    storedNonce: value as string,
    hasNonce: true,
    own: [payer],
    brokenAt: undefined as number | undefined,
    contradicts: undefined as string | undefined,
    error: null as unknown,
    inFlight: [] as JournaledTransaction[],
  };
  const node = {
    readBlockHeight: async () => 1_000n,
    readSlot: async () => 70n,
    isBlockhashValid: async () => world.isBlockhashKnown,
    readAccounts: async () => {
      const found = nonceAccount({ authority: payer, nonce: world.storedNonce });
      const known = { ...found, address: account, space: found.data.length };
      return { slot: 71n, accounts: [world.hasNonce ? known : undefined] };
    },
    simulate: async () => ({ slot: 70n, err: world.error, logs: [], unitsConsumed: 300n, accounts: [] }),
  };
  const online = () => ({
    node,
    profile: { name: 'Cluster', programs: DEFAULT_PROGRAM_IDS, expected: 'devnet' },
    genesisHash: 'g',
    cluster: 'unknown',
    contradicts: world.contradicts,
  });
  const book = {
    get brokenAt() {
      return world.brokenAt;
    },
    inFlight: () => world.inFlight,
    all: () => world.inFlight,
    find: (id: string) => world.inFlight.find(({ signed }) => signed.id === id),
  };
  const signers = {
    own: () => world.own,
    labels: () => ({}),
    keyFor: async (address: string) =>
      world.own.some((each) => each === address) ? { label: '', problem: '', encrypted: false } : undefined,
  };
  const reviews = createBytesReviews({
    connections: { current: online },
    signers,
    book,
    shelf: createReviewShelf(),
    deployedPrograms: { noticesFor: async () => [NOTICE] },
    clock: { now: () => 1, monotonic: () => 1 },
    newId: () => 'review',
  } as unknown as Parameters<typeof createBytesReviews>[0]);
  const review = (lifetime: Lifetime, instructions = [memo('a')], given: readonly (Uint8Array | undefined)[] = []) =>
    reviews.review({ message: messageFor(instructions, { payer, lifetime }), given, journaled: undefined });
  return { world, reviews, review };
}

const refused = (code: string) => expect.objectContaining({ code });

describe('bytes that come from elsewhere', () => {
  test('live no longer than the newest blockhash would', async () => {
    const { review } = createWorld();
    const { shown, lifetime, source } = await review(blockhash);
    expect(shown.lastValidBlockHeight).toBe(1_150n);
    expect(lifetime).toMatchObject({ kind: 'blockhash', lastValidBlockHeight: 1_150n });
    expect(source).toEqual({ kind: 'bytes', transactionId: undefined });
  });

  test('that can never land are not reviewed', async () => {
    const { world, review } = createWorld();
    world.isBlockhashKnown = false;
    await expect(review(blockhash)).rejects.toThrow(refused('handed/expired'));
    world.storedNonce = someAddress(5);
    await expect(review(byNonce)).rejects.toThrow(refused('handed/nonce-moved'));
    Object.assign(world, { storedNonce: value, hasNonce: false });
    await expect(review(byNonce)).rejects.toThrow(refused('handed/nonce-moved'));
  });

  test('under a nonce live on, and remember where it was seen', async () => {
    const { review } = createWorld();
    const { shown, lifetime } = await review(byNonce);
    expect(lifetime).toEqual({ kind: 'nonce', account, nonce: value, seenInSlot: 71n });
    expect(shown.lastValidBlockHeight).toBeUndefined();
  });

  test('are asked about again right before they are signed', async () => {
    const { world, review, reviews } = createWorld();
    const [plain, kept] = [await review(blockhash), await review(byNonce)];
    expect([await reviews.stillLives(plain), await reviews.stillLives(kept)]).toEqual([true, true]);
    Object.assign(world, { isBlockhashKnown: false, storedNonce: someAddress(5) });
    expect([await reviews.stillLives(plain), await reviews.stillLives(kept)]).toEqual([false, false]);
  });

  test.each([
    ['nothing', [], 'A transaction that does nothing'],
    ['one thing', [memo('first')], 'first'],
    ['three', [memo('first'), memo('second'), memo('third')], 'first'],
  ] as const)('are called by the first they do, and how much follows: %s', async (_what, instructions, title) => {
    const { review } = createWorld();
    for (const lifetime of [blockhash, byNonce]) {
      const { shown } = await review(lifetime, [...instructions]);
      expect(shown.title).toContain(title);
      expect(shown.title.includes('2 more')).toBe(instructions.length === 3);
      expect(shown.title).not.toContain('nonce');
    }
  });

  test('need somebody here who can sign', async () => {
    const { world, review } = createWorld();
    expect((await review(blockhash, [together])).shown.blocked).toBe('');
    world.own = [];
    expect((await review(blockhash, [together])).shown.blocked).toContain('None of its missing signatures');
    const theirs = new Uint8Array(64).fill(1);
    expect((await review(blockhash, [together], [theirs, undefined])).shown.blocked).toContain('None of its missing');
    world.own = [friend];
    const { shown } = await review(blockhash, [together], [theirs, undefined]);
    expect(shown.blocked).toBe('');
    expect(shown.slots.map(({ kind }) => kind)).toEqual(['signed', 'keyfile']);
  });

  test('are not signed against a broken journal, nor on a cluster that is not the promised one', async () => {
    const { world, review } = createWorld();
    world.brokenAt = 7;
    expect((await review(blockhash)).shown.blocked).toContain('7');
    Object.assign(world, { brokenAt: undefined, contradicts: 'mainnet' });
    expect((await review(blockhash)).shown.blocked).not.toBe('');
  });

  test('that ask for what needs a phrase need it here as well', async () => {
    const { review } = createWorld();
    expect((await review(blockhash)).shown.typedPhrase).toBe('');
    const unknown = someInstruction(someAddress(77), [[payer, 'sw']], [1]);
    expect((await review(blockhash, [unknown])).shown.typedPhrase).not.toBe('');
  });

  test('that fail when tried, or call a program that changed, need the phrase', async () => {
    const { world, review } = createWorld();
    world.error = { InstructionError: [0, 'InvalidArgument'] };
    expect((await review(blockhash)).objections).toEqual([expect.stringContaining('The simulation fails')]);
    world.error = null;
    const tick = someInstruction(DEFAULT_PROGRAM_IDS.coordinator, [], encodeInstruction('coordinator', 'tick', {}));
    const { objections, shown } = await review(blockhash, [tick]);
    expect(objections).toContain(NOTICE.text);
    expect(shown.deployed).toEqual([NOTICE]);
  });

  test('say as what each signs, as far as they tell', async () => {
    const { review } = createWorld();
    const theirs: Lifetime = { ...byNonce, authority: friend };
    const rolesOf = async (lifetime: Lifetime, instructions = [memo('a')]) =>
      (await review(lifetime, instructions)).shown.slots.map(({ role }) => role);
    expect(await rolesOf(blockhash, [together])).toEqual(['Fee payer', 'Signer']);
    expect(await rolesOf(theirs)).toEqual(['Fee payer', 'Nonce authority']);
    expect(await rolesOf(byNonce)).toEqual(['Fee payer, nonce authority']);
  });
});
