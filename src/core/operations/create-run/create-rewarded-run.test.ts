import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { associatedTokenAddress, coordinatorInstanceAddress, treasurerRunAddress } from '#core/layouts/addresses.ts';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { decodeInstruction } from '#core/codec/instruction-codec.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { changeRun } from '#core/programs/change-run.ts';
import { createCoordinator } from '#core/programs/coordinator.ts';
import { createTokenAccount } from '#core/programs/token.ts';
import { addressToBytes } from '#core/solana/address.ts';
import { TOKEN_2022_PROGRAM } from '#core/solana/program-ids.ts';
import { createOperatorDesk, createRunInput } from '#test/practice/operator-desk.ts';
import {
  createRewardsDesk,
  failuresOf,
  mintAccount,
  rewardedRunInput,
  TEST_MINT,
  tokenAccount,
} from '#test/practice/rewards-desk.ts';
import { testAddress } from '#test/practice/stage.ts';

const configText = readFileSync('test/fixtures/psyche/vectors/configs/ok-hub-gcp-cosine.toml', 'utf8');
const launch = (owner: ReturnType<typeof createRewardsDesk>['owner']) =>
  rewardedRunInput(
    { earning: 6_000_000n, slashing: 1n, topUp: { upTo: 90_000_000n, funder: owner.authority } },
    { configText, start: true },
  );

test('launches a run with rewards with two approvals when one person does it, and says so beforehand', async () => {
  const desk = createRewardsDesk();
  const input = launch(desk.owner);
  const { prepared } = await desk.prepare(input, desk.owner);
  expect(failuresOf(prepared)).toEqual([]);
  expect(prepared.steps.map(({ title }) => title).join(' | ')).toBe(
    'Let anyone join, create run “atlas-7” with rewards, name it | Configure, reward and start the run, top up its treasury',
  );
  const before = desk.chain.account(desk.owner.payer)?.lamports ?? 0n;
  expect(await desk.carryOut(input)).toBe(prepared.steps.length);
  const spent = before - (desk.chain.account(desk.owner.payer)?.lamports ?? 0n);
  expect(spent).toBe(prepared.lockedLamports + prepared.feeLamports);
  const { state } = desk.newRun();
  expect(state).toMatchObject({
    coordinator: { run_state: 'WaitingForMembers' },
    metadata: { name: 'Atlas' },
    client_version: 'latest',
    clients_state: {
      future_epoch_rates: { earning_rate_total_shared: 6_000_000n, slashing_rate_per_client: 1n },
    },
  });
  expect(desk.inVault()).toBe(90_000_000n);
  const run = decodeAccount('treasurer', 'Run', desk.chain.account(desk.treasurerRun)?.data ?? new Uint8Array()).value;
  expect(run).toMatchObject({
    main_authority: addressToBytes(desk.owner.authority),
    collateral_mint: addressToBytes(TEST_MINT),
  });
});

test('needs at most three approvals for the largest launch of four separate people', async () => {
  const desk = createRewardsDesk();
  const payer = desk.person('payer');
  desk.fund(payer, 5_000_000_000n);
  const people = { payer, authority: desk.person('main'), joinAuthority: desk.person('join') };
  const folder = 'test/fixtures/psyche/vectors/configs';
  const texts = readdirSync(folder)
    .filter((name) => name.startsWith('ok-'))
    .map((name) => readFileSync(`${folder}/${name}`, 'utf8'));
  expect(texts.length).toBeGreaterThan(1);
  for (const text of texts) {
    const input = {
      ...launch(desk.owner),
      runId: 'x'.repeat(32),
      clientVersion: `sha256:${'f'.repeat(64)}`,
      whoMayJoin: { kind: 'user', address: testAddress(5) } as const,
      configText: text,
    };
    const { prepared } = await desk.prepare(input, people);
    expect(prepared.steps.length).toBeLessThanOrEqual(3);
    for (const { sizeBytes } of prepared.steps) expect(sizeBytes).toBeLessThanOrEqual(1232);
  }
});

test('goes on after every single step, and never pays the vault twice', async () => {
  const desk = createRewardsDesk();
  const input = launch(desk.owner);
  const counts: number[] = [];
  for (;;) {
    const { steps } = await desk.prepare(input, desk.owner);
    counts.push(steps.length);
    if (steps.length === 0) break;
    expect(await desk.failures(input)).toEqual([]);
    expect(await desk.sendNext(input, desk.owner)).toBeNull();
  }
  expect(counts).toEqual([2, 1, 0]);
  expect(await desk.failures(input)).toEqual([expect.stringContaining('Nothing to do')]);
  expect(desk.inVault()).toBe(90_000_000n);
});

test('adds only the top-up to a run that was started before it could be paid', async () => {
  const desk = createRewardsDesk();
  const started = rewardedRunInput({ earning: 5n }, { configText, start: true });
  await desk.carryOut(started);
  const input = rewardedRunInput(
    { earning: 5n, topUp: { upTo: 7n, funder: desk.owner.authority } },
    { configText, start: true },
  );
  expect(await desk.failures(input)).toEqual([]);
  expect((await desk.prepare(input, desk.owner)).prepared.steps.map(({ title }) => title)).toEqual([
    'Top up its treasury',
  ]);
  const other = { ...input, clientVersion: 'v9' };
  expect(await desk.failures(other)).toContainEqual(expect.stringContaining('started already'));
  await desk.carryOut(input);
  expect(desk.inVault()).toBe(7n);
});

test('names the first transaction exactly: run_create with everything derived from id and mint', async () => {
  const desk = createRewardsDesk();
  const input = rewardedRunInput({ treasurerIndex: 42n });
  const [step] = (await desk.prepare(input, desk.owner)).steps;
  const create = step?.instructions.find(({ programId }) => programId.toBase58() === DEFAULT_PROGRAM_IDS.treasurer);
  const run = treasurerRunAddress(42n).address;
  expect(create?.keys.slice(0, 6).map(({ pubkey }) => pubkey.toBase58())).toEqual([
    desk.owner.payer,
    run,
    associatedTokenAddress(run, TEST_MINT).address,
    TEST_MINT,
    coordinatorInstanceAddress('atlas-7').address,
    desk.person('account of the new run'),
  ]);
  const owner = addressToBytes(desk.owner.authority);
  expect(decodeInstruction('treasurer', new Uint8Array(create?.data ?? []))).toMatchObject({
    name: 'run_create',
    args: {
      params: {
        index: 42n,
        run_id: 'atlas-7',
        client_version: 'latest',
        main_authority: owner,
        join_authority: owner,
      },
    },
  });
  expect(await desk.warnings(input)).toContainEqual(expect.stringContaining('42 is chosen by hand'));
  expect(await desk.sendNext(input, desk.owner)).toBeNull();
});

test.each([
  ['nothing', TEST_MINT, undefined, { Custom: 3012 }],
  ['a Token-2022 mint', TEST_MINT, mintAccount({ owner: TOKEN_2022_PROGRAM }), { Custom: 3007 }],
  ['a token account', TEST_MINT, tokenAccount(testAddress(1), 5n), 'InvalidAccountData'],
] as const)('refuses %s as mint beforehand, as the chain does', async (_name, mint, account, error) => {
  const desk = createRewardsDesk({ accounts: account ? [[mint, account]] : [] });
  const input = rewardedRunInput({ mint: account ? mint : testAddress(99) });
  expect(await desk.failures(input)).toEqual([expect.stringMatching(/^Mint: /)]);
  expect(await desk.sendNext(input, desk.owner)).toEqual({ InstructionError: [expect.any(Number), error] });
});

test('reads decimals from the mint, whatever the form was told, and says who could spoil it', async () => {
  const desk = createRewardsDesk({ accounts: [[TEST_MINT, mintAccount({ freezeAuthority: testAddress(72) })]] });
  expect(await desk.failures(rewardedRunInput({ decimals: 9 }))).toEqual([expect.stringMatching(/^Decimals: .*9.*6/)]);
  const warnings = await desk.warnings(rewardedRunInput());
  expect(warnings).toContainEqual(expect.stringContaining(`${testAddress(71)} can make more`));
  expect(warnings).toContainEqual(expect.stringContaining(`${testAddress(72)} can freeze the vault`));
});

test('says that a vault somebody made beforehand stops the creation, as the chain does, and another index helps', async () => {
  const desk = createRewardsDesk();
  const owner = desk.treasurerRun;
  const { payer } = desk.owner;
  expect(desk.send([createTokenAccount({ payer, account: desk.vault, owner, mint: TEST_MINT })], payer)).toBeNull();
  expect(await desk.failures(rewardedRunInput())).toEqual([expect.stringMatching(/^Vault: /)]);
  expect(await desk.sendNext(rewardedRunInput(), desk.owner)).not.toBeNull();
  expect(await desk.failures(rewardedRunInput({ treasurerIndex: 1n }))).toEqual([]);
  expect(await desk.sendNext(rewardedRunInput({ treasurerIndex: 1n }), desk.owner)).toBeNull();
});

test('is not fooled by SOL sent to the addresses of Run and vault', async () => {
  const desk = createRewardsDesk();
  desk.fund(desk.treasurerRun, 1_000_000_000n);
  desk.fund(desk.vault, 1_000_000_000n);
  expect(await desk.failures(rewardedRunInput())).toEqual([]);
  expect(await desk.sendNext(rewardedRunInput(), desk.owner)).toBeNull();
});

test('says when an index is taken by another run', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(rewardedRunInput({ treasurerIndex: 5n }));
  const other = rewardedRunInput({ treasurerIndex: 5n }, { runId: 'atlas-8' });
  expect(await desk.failures(other)).toEqual([expect.stringMatching(/^Treasurer index: .*Custom 0/)]);
});

test('does not mix up a plain run and one with rewards, nor two mints', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(createRunInput());
  expect(await desk.failures(rewardedRunInput())).toContainEqual(expect.stringContaining('without a treasury'));
  const rewarded = createRewardsDesk({ accounts: [[testAddress(80), mintAccount()]] });
  await rewarded.carryOut(rewardedRunInput());
  expect(await rewarded.failures(createRunInput())).toContainEqual(expect.stringContaining('has a treasury'));
  expect(await rewarded.failures(rewardedRunInput({ mint: testAddress(80) }))).toContainEqual(
    expect.stringContaining(TEST_MINT),
  );
  expect(await rewarded.failures(rewardedRunInput({ treasurerIndex: 9n }))).toContainEqual(
    expect.stringMatching(/^Treasurer index: /),
  );
});

test('knows an imitation that names our treasury as its owner', async () => {
  const desk = createRewardsDesk();
  await desk.carryOut(rewardedRunInput());
  const stranger = desk.person('stranger');
  desk.fund(stranger, 5_000_000_000n);
  const place = {
    instance: coordinatorInstanceAddress('atlas-9').address,
    account: desk.person('account of the stranger'),
    programs: DEFAULT_PROGRAM_IDS,
  };
  const fake = createCoordinator(place, {
    payer: stranger,
    mainAuthority: desk.treasurerRun,
    joinAuthority: desk.owner.joinAuthority,
    runId: 'atlas-9',
    clientVersion: 'x',
    rentLamports: await desk.reader.readRentFloor(119_160),
  });
  expect(desk.send(fake, stranger)).toBeNull();
  const pause = { kind: 'set-paused', runId: 'atlas-9', paused: false } as const;
  expect(await desk.failures(pause)).toContainEqual(expect.stringContaining('belongs to another run'));
  const pay = {
    kind: 'top-up',
    runId: 'atlas-9',
    amount: 1n,
    decimals: 6,
    funder: desk.owner.authority,
    depositedBefore: 0n,
  } as const;
  expect(await desk.failures(pay)).toContainEqual(expect.stringContaining('belongs to another run'));
  expect((await desk.prepare(pay, desk.owner)).steps).toEqual([]);
  const through = changeRun({ ...place, treasurerRun: desk.treasurerRun }, desk.owner.authority, { paused: true });
  expect(desk.send(through, desk.owner.payer)).toEqual({ InstructionError: [0, { Custom: 2003 }] });
});

test('says how many tokens the funder lacks', async () => {
  const desk = createRewardsDesk({ tokens: 5n });
  const input = rewardedRunInput({ topUp: { upTo: 7n, funder: desk.owner.authority } });
  expect(await desk.failures(input)).toEqual([expect.stringContaining('0.000002 tokens (2 native units) are missing')]);
  const nobody = rewardedRunInput({ topUp: { upTo: 7n, funder: testAddress(3) } });
  expect(await desk.failures(nobody)).toEqual([expect.stringContaining('has no token account')]);
  const zero = rewardedRunInput({ topUp: { upTo: 0n, funder: desk.owner.authority } });
  expect(await desk.failures(zero)).toEqual([expect.stringContaining('Nothing would be sent')]);
});

test('locks SOL for good and says so before', async () => {
  const desk = createRewardsDesk();
  const { prepared } = await desk.prepare(rewardedRunInput(), desk.owner);
  expect(prepared.lockedNote).toContain('Never comes back');
  expect(await desk.warnings(rewardedRunInput())).toContainEqual(expect.stringContaining('can never be closed'));
  const plain = createOperatorDesk();
  expect((await plain.prepare(createRunInput(), plain.oneOwner())).prepared.lockedNote).toContain('Comes back');
});

test('shows the lines of the command line', async () => {
  const desk = createRewardsDesk();
  const { prepared } = await desk.prepare(launch(desk.owner), desk.owner);
  const lines = prepared.command.split('\n');
  expect(lines.map((line) => line.split(' ')[1])).toEqual([
    'join-authorization-create',
    'create-run',
    'update-config',
    'set-future-epoch-rates',
    'set-paused',
    'treasurer-top-up-rewards',
  ]);
  expect(lines[3]).toContain('--earning-rate-total-shared 6 --slashing-rate-per-client 0.000001');
  expect(lines[5]).toContain('--collateral-amount 90');
});
