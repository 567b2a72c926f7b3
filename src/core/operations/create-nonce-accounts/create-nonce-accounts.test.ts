import { describe, expect, test } from 'vitest';
import { nonceAddress } from '#core/nonces/nonce-account.ts';
import { buildMessage, wireSizeOf } from '#core/transactions/build.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { createNonceDesk, NONCE_RENT, nonceAccount } from '#test/practice/nonce-desk.ts';

describe('creating nonce accounts', () => {
  test('makes one at an address that is found again, without a key of its own, held by another key', async () => {
    const desk = createNonceDesk();
    const { prepared } = await desk.prepare(desk.create());
    expect(prepared.lockedLamports).toBe(NONCE_RENT);
    expect(prepared.steps.map(({ signers }) => signers.map(({ role }) => role))).toEqual([
      ['Fee payer, base of the addresses'],
    ]);
    expect(prepared.command).toBe(
      `solana create-nonce-account base.json 0.00144768 --seed nonce-1 --nonce-authority ${desk.holder} --fee-payer payer.json --url "$RPC"`,
    );
    expect(await desk.failures(desk.create())).toEqual([]);
    expect(await desk.sendNext(desk.create())).toBeNull();
    expect(desk.nonceOf()).toMatchObject({
      kind: 'initialised',
      version: 'current',
      authority: desk.holder,
      lamports: NONCE_RENT,
    });
  });

  test('asks the cluster for the rent', async () => {
    const desk = createNonceDesk();
    const { prepareRequest } = await import('#core/operations/prepare-request.ts');
    const { DEFAULT_PROGRAM_IDS } = await import('#core/layouts/programs.ts');
    const { prepared } = await prepareRequest(
      { operation: desk.create(2), signers: desk.signers },
      {
        chain: { ...desk.reader, readRentFloor: async (bytes) => BigInt(bytes + 128) * 696n },
        programs: DEFAULT_PROGRAM_IDS,
        freshAccount: undefined,
        ownAccounts: new Set(),
      },
    );
    expect(prepared.lockedLamports).toBe(2n * 144_768n);
  });

  test('packs as many into a transaction as fit, and the same request goes on where it stopped', async () => {
    const desk = createNonceDesk();
    const { steps } = await desk.prepare(desk.create(12));
    expect(steps.length).toBeGreaterThan(1);
    const [first, second] = steps;
    const more = [...(first?.instructions ?? []), ...(second?.instructions.slice(0, 2) ?? [])];
    expect(wireSizeOf(first?.instructions ?? [], desk.payer)).toBeLessThanOrEqual(1232);
    expect(wireSizeOf(more, desk.payer)).toBeGreaterThan(1232);
    expect(await desk.sendAll(desk.create(12), desk.signers)).toBe(steps.length);
    for (let number = 1; number <= 12; number += 1) {
      expect(desk.nonceOf(nonceAddress(desk.payer, number)).kind).toBe('initialised');
    }
    expect(await desk.failures(desk.create(12))).toEqual([expect.stringMatching(/^Nothing to do/)]);
    expect((await desk.prepare(desk.create(12))).steps).toEqual([]);
  });

  test.each([1_000_000n, NONCE_RENT, 5_000_000n])(
    'makes one where somebody sent %s lamports beforehand',
    async (sent) => {
      const desk = createNonceDesk();
      desk.fund(desk.account, sent);
      expect(await desk.failures(desk.create())).toEqual([]);
      expect(await desk.sendNext(desk.create())).toBeNull();
      expect(desk.nonceOf()).toMatchObject({ kind: 'initialised', lamports: sent > NONCE_RENT ? sent : NONCE_RENT });
    },
  );

  test('initialises what lies there uninitialised, and says where something else is', async () => {
    const place = createNonceDesk();
    const empty = nonceAccount({ authority: place.holder, state: 0 });
    const half = createNonceDesk({ accounts: [[place.account, empty]] });
    expect(await half.sendNext(half.create())).toBeNull();
    expect(half.nonceOf().kind).toBe('initialised');
    const taken = createNonceDesk({ accounts: [[place.account, { ...empty, data: new Uint8Array(81) }]] });
    expect(await taken.failures(taken.create())).toEqual([expect.stringContaining('AccountAlreadyInUse 0')]);
    expect(await taken.sendNext(taken.create())).toEqual({ InstructionError: [0, { Custom: 0 }] });
  });

  test.each([0n, 1_000_000n])(
    'is understood to the last byte in a review, with %s lamports there before',
    async (sent) => {
      const desk = createNonceDesk();
      if (sent > 0n) desk.fund(desk.account, sent);
      const { steps } = await desk.prepare(desk.create(2));
      const { payer } = desk;
      const review = summarize(buildMessage(steps[0]?.instructions ?? [], { payer, blockhash: payer }), {
        own: [payer],
      });
      expect(review.instructions.every(({ isUnderstood }) => isUnderstood)).toBe(true);
      expect(review.flags.filter(({ level }) => level !== 'warn')).toEqual([]);
      expect(review.lifetime.kind).toBe('blockhash');
    },
  );

  test('leaves out one that another key holds, and says so', async () => {
    const place = createNonceDesk();
    const desk = createNonceDesk({ accounts: [[place.account, nonceAccount({ authority: place.payer })]] });
    const { prepared, steps } = await desk.prepare(desk.create(2));
    expect(steps).toHaveLength(1);
    expect(prepared.checks).toContainEqual(expect.objectContaining({ kind: 'warn', title: 'Held by another key' }));
    expect(await desk.sendNext(desk.create(2))).toBeNull();
    expect(desk.nonceOf(nonceAddress(desk.payer, 2)).kind).toBe('initialised');
  });

  test('warns of an authority nobody has', async () => {
    const desk = createNonceDesk();
    const { prepared } = await desk.prepare({
      ...desk.create(),
      authority: '11111111111111111111111111111111',
    } as ReturnType<typeof desk.create>);
    expect(prepared.checks).toContainEqual(expect.objectContaining({ kind: 'warn', title: 'Authority nobody has' }));
  });
});
