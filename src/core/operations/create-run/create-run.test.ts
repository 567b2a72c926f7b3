import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { configurationOf } from '../configuration-parts.ts';
import type { Prepared } from '../prepared.ts';
import { createOperatorDesk, createRunInput } from '#test/practice/operator-desk.ts';

const SOL = 1_000_000_000n;
const configText = readFileSync('test/fixtures/psyche/vectors/configs/ok-hub-gcp-cosine.toml', 'utf8');

const input = createRunInput({ configText, start: true });

test('creates, names, configures and starts a run with two approvals', async () => {
  const desk = createOperatorDesk();
  const signers = desk.oneOwner();
  const { prepared } = await desk.prepare(input, signers);
  expect(failuresOf(prepared)).toEqual([]);
  expect(prepared.steps.map(({ title }) => title)).toEqual([
    'Let anyone join, create run “atlas-7”, name it',
    'Configure and start the run',
  ]);
  expect(await desk.sendNext(input, signers)).toBeNull();
  expect(await desk.sendNext(input, signers)).toBeNull();
  const { state } = desk.newRun();
  expect(state.coordinator.run_state).toBe('WaitingForMembers');
  expect(state.metadata.name).toBe('Atlas');
  expect({ config: state.coordinator.config, model: state.coordinator.model }).toEqual(configurationOf(configText));
});

test('locks exactly the SOL it said it would, and pays the fees it said', async () => {
  const desk = createOperatorDesk();
  const signers = desk.oneOwner();
  const { prepared } = await desk.prepare(input, signers);
  const before = desk.chain.account(signers.payer)?.lamports ?? 0n;
  await desk.sendNext(input, signers);
  await desk.sendNext(input, signers);
  const spent = before - (desk.chain.account(signers.payer)?.lamports ?? 0n);
  expect(spent).toBe(prepared.lockedLamports + prepared.feeLamports);
});

test('lets the join authority sign without owning a single lamport', async () => {
  const desk = createOperatorDesk();
  const payer = desk.person('payer');
  desk.fund(payer, 5n * SOL);
  const signers = { payer, authority: desk.person('owner'), joinAuthority: desk.person('join authority') };
  const user = { ...input, whoMayJoin: { kind: 'user', address: desk.person('user') } as const };
  expect(failuresOf((await desk.prepare(user, signers)).prepared)).toEqual([]);
  expect(await desk.sendNext(user, signers)).toBeNull();
  expect(await desk.sendNext(user, signers)).toBeNull();
  expect(desk.newRun().state.coordinator.run_state).toBe('WaitingForMembers');
});

test('goes on where it stopped: a run that exists only lacks its configuration', async () => {
  const desk = createOperatorDesk();
  const signers = desk.oneOwner();
  await desk.sendNext({ ...input, configText: undefined, start: false }, signers);
  const { prepared } = await desk.prepare(input, signers);
  expect(prepared.steps.map(({ title }) => title)).toEqual(['Configure and start the run']);
  expect(prepared.lockedLamports).toBe(0n);
});

test('does not start a run with another configuration than the one in the form', async () => {
  const desk = createOperatorDesk();
  const signers = desk.oneOwner();
  const first = { ...input, start: false };
  await desk.sendNext(first, signers);
  await desk.sendNext(first, signers);
  const second = {
    ...input,
    clientVersion: 'v2',
    configText: configText.replace('total_steps = 12000', 'total_steps = 9'),
  };
  const { prepared } = await desk.prepare(second, signers);
  expect(prepared.changes).toContainEqual({ label: 'config.total_steps', before: '12000', after: '9' });
  expect(await desk.sendNext(second, signers)).toBeNull();
  expect(desk.newRun().state).toMatchObject({
    client_version: 'v2',
    coordinator: { run_state: 'WaitingForMembers', config: { total_steps: 9 } },
  });
});

test('does not take over a run that a stranger created in our name', async () => {
  const desk = createOperatorDesk({ remembersRun: false });
  const signers = desk.oneOwner();
  await desk.sendNext({ ...input, clientVersion: 'test' }, signers);
  expect(failuresOf((await desk.prepare(input, signers)).prepared)[0]?.reason).toContain('anybody can create a run');
});

test('says that a run of one step can never start, as the chain does', async () => {
  const desk = createOperatorDesk();
  const signers = desk.oneOwner();
  const short = { ...input, configText: configText.replace('total_steps = 12000', 'total_steps = 1') };
  expect(failuresOf((await desk.prepare(short, signers)).prepared)[0]?.reason).toContain('6015');
  await desk.sendNext(short, signers);
  expect(await desk.sendNext(short, signers)).toEqual({ InstructionError: [1, { Custom: 6015 }] });
});

test('refuses an id somebody else has, and says whose it is', async () => {
  const desk = createOperatorDesk();
  const other = desk.oneOwner();
  await desk.sendNext(input, other);
  const me = desk.person('somebody else');
  desk.fund(me, 5n * SOL);
  const { prepared } = await desk.prepare(input, { payer: me, authority: me, joinAuthority: me });
  expect(failuresOf(prepared)).toEqual([
    expect.objectContaining({
      title: 'Run id is taken',
      field: 'runId',
      reason: expect.stringContaining(other.authority),
    }),
  ]);
});

test('is not fooled by SOL somebody sent to the address of the run', async () => {
  const desk = createOperatorDesk();
  const signers = desk.oneOwner();
  const { steps } = await desk.prepare(input, signers);
  const [step] = steps;
  const instance = step?.instructions.at(-1)?.keys[1]?.pubkey.toBase58() ?? '';
  desk.fund(instance as never, SOL);
  expect(failuresOf((await desk.prepare(input, signers)).prepared)).toEqual([]);
  expect(await desk.sendNext(input, signers)).toBeNull();
});

test('says how much SOL is missing', async () => {
  const desk = createOperatorDesk();
  const poor = desk.person('poor');
  desk.fund(poor, SOL / 2n);
  const { prepared } = await desk.prepare(input, { payer: poor, authority: poor, joinAuthority: poor });
  const missing = /(\d+\.\d+) SOL are missing/.exec(failuresOf(prepared)[0]?.reason ?? '')?.[1];
  expect(failuresOf(prepared).map(({ field }) => field)).toEqual(['payer']);
  desk.fund(poor, BigInt(Math.round(Number(missing) * 1e9)));
  expect(
    failuresOf((await desk.prepare(input, { payer: poor, authority: poor, joinAuthority: poor })).prepared),
  ).toEqual([]);
});

test('names every broken line of a configuration file and every rule it breaks', async () => {
  const desk = createOperatorDesk();
  const signers = desk.oneOwner();
  const typo = { ...input, configText: configText.replace('epoch_time = 1800', 'epoch_time = "1800"') };
  expect(failuresOf((await desk.prepare(typo, signers)).prepared)[0]?.title).toMatch(
    /^Line \d+, column \d+: config\.epoch_time$/,
  );
  const rule = { ...input, configText: configText.replace('witness_nodes = 1', 'witness_nodes = 9') };
  expect(failuresOf((await desk.prepare(rule, signers)).prepared)[0]?.title).toBe('Rule WitnessNodes');
});

test('splits the first transaction when a long id, name and description of separate people do not fit into one', async () => {
  const desk = createOperatorDesk();
  const payer = desk.person('payer');
  desk.fund(payer, 5n * SOL);
  const signers = { payer, authority: desk.person('owner'), joinAuthority: desk.person('join authority') };
  const long = { ...input, runId: 'x'.repeat(32), clientVersion: `sha256:${'0'.repeat(64)}` };
  const { prepared } = await desk.prepare(long, signers);
  expect(Math.max(...prepared.steps.map(({ sizeBytes }) => sizeBytes))).toBeLessThanOrEqual(1232);
  for (const _ of prepared.steps) expect(await desk.sendNext(long, signers)).toBeNull();
  expect(desk.newRun().state.coordinator.run_state).toBe('WaitingForMembers');
});

function failuresOf({ checks }: Prepared) {
  return checks.filter(({ kind }) => kind === 'fail');
}
