import { expect, test } from 'vitest';
import { nonceAfter } from '#core/nonces/nonce-account.ts';
import type { OperationInput } from '#core/operations/request.ts';
import { withFees } from '#core/programs/compute-budget.ts';
import { buildMessage } from '#core/transactions/build.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { createNonceDesk, nonceAccount, NONCE_RENT } from '#test/practice/nonce-desk.ts';
import { testAddress } from '#test/practice/stage.ts';

type Desk = ReturnType<typeof createNonceDesk>;

const advance = ({ account, holder }: Desk): OperationInput => ({
  kind: 'advance-nonce',
  nonceAccount: account,
  authority: holder,
});
const handOver = ({ account, holder, payer }: Desk): OperationInput => ({
  kind: 'authorize-nonce',
  nonceAccount: account,
  authority: holder,
  newAuthority: payer,
});

async function deskWithNonce() {
  const desk = createNonceDesk();
  expect(await desk.sendNext(desk.create())).toBeNull();
  return desk;
}

test('moves the value, which its authority signs, and tells what that cancels', async () => {
  const desk = await deskWithNonce();
  const before = desk.valueOf();
  const { prepared } = await desk.prepare(advance(desk));
  expect(prepared.steps[0]?.signers.map(({ role }) => role)).toEqual(['Fee payer', 'Nonce authority']);
  expect(prepared.consequences).toContainEqual({ about: 'final', text: expect.stringContaining(before) as string });
  expect(prepared.command).toContain(`solana new-nonce ${desk.account} --nonce-authority nonce_authority.json`);
  expect(await desk.failures(advance(desk))).toEqual([]);
  expect(await desk.sendNext(advance(desk))).toBeNull();
  expect(desk.valueOf()).not.toBe(before);
});

test.each([undefined, { unitLimit: 1_000, microLamports: 5n }])(
  'is reviewed as what expires, not as what lives by the nonce it moves',
  async (fees) => {
    const desk = await deskWithNonce();
    const [step] = (await desk.prepare(advance(desk))).steps;
    const { payer } = desk;
    const instructions = withFees(step?.instructions ?? [], fees, payer);
    const { lifetime, flags } = summarize(buildMessage(instructions, { payer, blockhash: payer }), { own: [payer] });
    expect(lifetime).toEqual({ kind: 'blockhash', blockhash: payer });
    expect(flags.filter(({ level }) => level !== 'warn')).toEqual([]);
  },
);

test('says that a value made in this slot moves only in the next', async () => {
  const empty = createNonceDesk();
  const nonce = nonceAfter(empty.chain.latestBlockhash().blockhash);
  const desk = createNonceDesk({ accounts: [[empty.account, nonceAccount({ authority: empty.holder, nonce })]] });
  expect(await desk.failures(advance(desk))).toEqual([expect.stringContaining('NonceBlockhashNotExpired 7')]);
  const close: OperationInput = {
    kind: 'close-nonce',
    nonceAccount: desk.account,
    authority: desk.holder,
    to: desk.payer,
  };
  expect(await desk.failures(close)).toEqual([expect.stringContaining('NonceBlockhashNotExpired 7')]);
  expect(await desk.sendNext(advance(desk))).toEqual({ InstructionError: [1, { Custom: 7 }] });
  expect(await desk.failures(close)).toEqual([]);
});

test.each([
  ['nothing', undefined, 'There is nothing'],
  ['an uninitialised one', { state: 0 }, 'is not initialised'],
  ['a version nobody knows', { version: 2 }, 'is a wallet with 80 bytes'],
  ['a program’s account', { owner: testAddress(5) }, 'belongs to the program'],
] as const)('says beforehand what the chain says of %s', async (_what, parts, words) => {
  const place = createNonceDesk();
  const { owner, ...fields } = { owner: undefined, ...parts };
  const stored = {
    ...nonceAccount({ authority: place.holder, ...fields }),
    ...(owner ? { owner, data: new Uint8Array(3) } : {}),
  };
  const desk = createNonceDesk({ accounts: parts ? [[place.account, stored]] : [] });
  for (const operation of [advance(desk), handOver(desk)]) {
    expect(await desk.failures(operation)).toEqual([expect.stringContaining(words)]);
    const index = operation.kind === 'advance-nonce' ? 1 : 0;
    expect(await desk.sendNext(operation)).toEqual({ InstructionError: [index, 'InvalidAccountData'] });
  }
});

test('makes a legacy nonce a current one', async () => {
  const place = createNonceDesk();
  const legacy = nonceAccount({ authority: place.holder, version: 0 });
  const desk = createNonceDesk({ accounts: [[place.account, legacy]] });
  expect(await desk.failures(advance(desk))).toEqual([]);
  expect(await desk.sendNext(advance(desk))).toBeNull();
  expect(desk.nonceOf()).toMatchObject({ version: 'current', authority: desk.holder });
});

test('hands over to one who alone may cancel from then on', async () => {
  const desk = await deskWithNonce();
  const value = desk.valueOf();
  const { prepared } = await desk.prepare(handOver(desk));
  expect(prepared.changes).toEqual([{ label: 'Nonce authority', before: desk.holder, after: desk.payer }]);
  expect(prepared.consequences).toContainEqual({
    about: 'people',
    text: expect.stringContaining(`only ${desk.payer} can cancel`) as string,
  });
  expect(await desk.sendNext(handOver(desk))).toBeNull();
  expect(desk.nonceOf()).toMatchObject({ authority: desk.payer, nonce: value });
  for (const operation of [advance(desk), handOver(desk)]) {
    expect(await desk.failures(operation)).toEqual([expect.stringContaining('MissingRequiredSignature')]);
    const index = operation.kind === 'advance-nonce' ? 1 : 0;
    expect(await desk.sendNext(operation)).toEqual({ InstructionError: [index, 'MissingRequiredSignature'] });
  }
});

test('warns of handing over to the same key, and to none', async () => {
  const desk = await deskWithNonce();
  const warnings = async (newAuthority: string) => {
    const input = { ...handOver(desk), newAuthority } as OperationInput;
    const { checks, changes } = (await desk.prepare(input)).prepared;
    return [checks.filter(({ kind }) => kind === 'warn').map(({ title }) => title), changes.length];
  };
  expect(await warnings(desk.holder)).toEqual([['New authority'], 0]);
  expect(await warnings('11111111111111111111111111111111')).toEqual([['Authority nobody has'], 1]);
});

test('SOL can be sent into it, of which only its authority gets any out', async () => {
  const desk = await deskWithNonce();
  const fund = (lamports: bigint, nonceAccount = desk.account): OperationInput => ({
    kind: 'fund-nonce',
    nonceAccount,
    lamports,
  });
  const { prepared } = await desk.prepare(fund(7n));
  expect(prepared.consequences).toEqual([{ about: 'sol', text: expect.stringContaining(desk.holder) as string }]);
  expect(prepared.command).toContain(`solana transfer ${desk.account} 0.000000007 --from payer.json`);
  expect(await desk.sendNext(fund(7n))).toBeNull();
  expect(desk.nonceOf().lamports).toBe(NONCE_RENT + 7n);
  expect((await desk.prepare(fund(0n))).steps).toEqual([]);
  expect(await desk.failures(fund(0n))).toEqual([expect.stringMatching(/^Amount/)]);
  const nowhere = desk.person('nowhere');
  expect(await desk.failures(fund(7n, nowhere))).toEqual([expect.stringContaining('InsufficientFundsForRent')]);
  expect(await desk.sendNext(fund(7n, nowhere))).toMatchObject({ InsufficientFundsForRent: {} });
  expect(await desk.failures(fund(1_000_000n, nowhere))).toEqual([]);
  expect((await desk.prepare(fund(1_000_000n, nowhere))).prepared.checks).toContainEqual(
    expect.objectContaining({ kind: 'warn', title: 'Nonce account' }),
  );
});
