import { cpSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseAddress } from '#core/solana/address.ts';
import type { Service } from '#main/ports.ts';
import { type PracticeNetwork, startPracticeNetwork } from '#practice/start-practice-network.ts';
import { answer } from '#signer/answer.ts';
import { approvalOf, practiceOperator, type PracticeOperator } from '#test/main/practice-operator.ts';
import { startMain, temporaryFolder, type StartedMain } from '#test/main/start-main.ts';
import { type GatedRpc, startGatedRpc } from '../../e2e/harness/gated-rpc.ts';

const AMOUNT = 3_000_000n;
const RUN = 'atlas-7';

/** Network and gate outlive the app: what is in the vault afterwards is what every start of it did together. */
let outside: { network: PracticeNetwork; gate: GatedRpc } | undefined;
let running: StartedMain[] = [];
let folder = temporaryFolder();
let copy = temporaryFolder();

beforeEach(() => {
  folder = temporaryFolder();
  copy = temporaryFolder();
});
afterEach(async () => {
  outside?.gate.setSending('pass');
  await Promise.all(running.map((main) => main.close()));
  running = [];
  await outside?.gate.close();
  await outside?.network.close();
  outside = undefined;
  folder.remove();
  copy.remove();
});

/** The app's practice network as a service, reached through the gate. It goes on when the app stops. */
function gatedPractice(args: readonly string[]): Service {
  const listeners: ((message: unknown) => void)[] = [];
  const exited = new Promise<number>(() => undefined);
  void open(args[args.indexOf('--demo') + 1] ?? '').then(({ network, gate }) => {
    const { webSocketUrl, genesisHash, demoMint } = network;
    for (const listener of listeners) listener({ ready: { rpcUrl: gate.url, webSocketUrl, genesisHash, demoMint } });
  });
  return {
    post: () => undefined,
    onMessage: (listener) => listeners.push(listener),
    exited,
    stop: () => Promise.resolve(),
  };
}

async function open(demo: string): Promise<{ network: PracticeNetwork; gate: GatedRpc }> {
  if (outside) return outside;
  const network = await startPracticeNetwork({
    genesis: { demoWallet: parseAddress(demo) },
    clock: { now: Date.now },
    random: (size) => new Uint8Array(randomBytes(size)),
    slotMs: 50,
  });
  outside = { network, gate: await startGatedRpc(network.rpcUrl) };
  return outside;
}

async function operatorAt(dataFolder: string): Promise<PracticeOperator> {
  const main = await startMain(dataFolder, {
    children: {
      askSigner: async (request) => ({ kind: 'answer', message: await answer(request) }),
      startPracticeNetwork: gatedPractice,
    },
  });
  running.push(main);
  return practiceOperator(main);
}

/** A run with an empty vault, and a reviewed payment into it. */
async function reviewedTopUp() {
  const operator = await operatorAt(folder.path);
  await operator.launch({});
  return { ...operator, shown: await operator.review(topUp(operator)), gate: gate() };
}

const topUp = ({ request, demo }: PracticeOperator) =>
  request({ kind: 'top-up', runId: RUN, amount: AMOUNT, decimals: 6, funder: demo, depositedBefore: 0n });

function gate(): GatedRpc {
  if (!outside) throw new Error('the network is not open');
  return outside.gate;
}

async function expectPaidOnce(operator: PracticeOperator) {
  const { services, review } = operator;
  expect(await services.rewards.treasury(RUN)).toMatchObject({ funded: AMOUNT, deposited: AMOUNT });
  const paying = services.transactions.list().filter(({ title }) => /top up/i.test(title));
  expect(paying).toHaveLength(1);
  // The same form sent once more is recognised.
  const again = await review(topUp(operator));
  expect(again.checks).toContainEqual(expect.objectContaining({ kind: 'fail', title: 'Paid already?' }));
}

/** What a kill leaves: the disk as it is now, and a process that does nothing more. */
async function killAndRestart(): Promise<PracticeOperator> {
  cpSync(folder.path, copy.path, { recursive: true });
  // The lock names this very process, which goes on; that of a dead one holds nobody up.
  rmSync(join(copy.path, 'instance.lock'));
  await Promise.all(running.splice(0).map((main) => main.close()));
  return operatorAt(copy.path);
}

describe('a top-up is paid exactly once', () => {
  test('when “Sign” is clicked twice', async () => {
    const operator = await reviewedTopUp();
    const { services, shown, finish } = operator;
    const [first, second] = await Promise.all([
      services.approvals.approve(approvalOf(shown)),
      services.approvals.approve(approvalOf(shown)),
    ]);
    expect(second).toEqual(first);
    await finish(first.transactionId);
    await expectPaidOnce(operator);
  }, 60_000);

  test('when the network took it and the connection broke before it answered', async () => {
    const operator = await reviewedTopUp();
    operator.gate.setSending('pass-and-hang-up');
    const { transactionId } = await operator.services.approvals.approve(approvalOf(operator.shown));
    await operator.finish(transactionId);
    await expectPaidOnce(operator);
  }, 60_000);

  test('when the answer never comes and the request times out', async () => {
    const operator = await reviewedTopUp();
    operator.gate.setSending('pass-without-answer');
    const { transactionId } = await operator.services.approvals.approve(approvalOf(operator.shown));
    const outcome = () => operator.services.transactions.read(transactionId).outcome;
    await expect.poll(outcome, { timeout: 40_000 }).toMatchObject({ kind: 'confirmed' });
    await expectPaidOnce(operator);
  }, 90_000);

  test('when the app is killed after the network took it', async () => {
    const operator = await reviewedTopUp();
    operator.gate.setSending('pass-without-answer');
    const sent = operator.gate.nextSend();
    const { transactionId } = await operator.services.approvals.approve(approvalOf(operator.shown));
    await sent;
    operator.gate.setSending('pass');
    const next = await killAndRestart();
    await next.finish(transactionId);
    await expectPaidOnce(next);
  }, 60_000);

  test('when the app is killed before the network took it', async () => {
    const operator = await reviewedTopUp();
    operator.gate.setSending('swallow');
    const sent = operator.gate.nextSend();
    const { transactionId } = await operator.services.approvals.approve(approvalOf(operator.shown));
    await sent;
    expect(await operator.services.rewards.treasury(RUN)).toMatchObject({ funded: 0n });
    operator.gate.setSending('pass');
    const next = await killAndRestart();
    await next.finish(transactionId);
    await expectPaidOnce(next);
  }, 60_000);
});
