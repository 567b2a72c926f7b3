import { performance } from 'node:perf_hooks';
import { prepareRequest } from '#core/operations/prepare-request.ts';
import type { OperationInput, OperationRequest } from '#core/operations/request.ts';
import type { ChainReader } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import type { PracticeNetwork } from '#practice/start-practice-network.ts';
import { answer } from '#signer/answer.ts';
import { bytesOf, exchangesOf, sequentialTrips, type Exchange } from '#test/exchanges.ts';
import { practiceInThisProcess, startMain, temporaryFolder, type StartedMain } from '#test/main/start-main.ts';
import type { CommandCost } from './command-line-costs.ts';
import { median } from './measure.ts';

/** Each answer comes this much later, so that requests that go together are seen to. Milliseconds. */
const DELAY_MS = 15;
/** How often checks are timed. */
const RUNS = 9;

/** An operation to measure. */
export type Row = {
  readonly name: string;
  readonly operation: OperationInput;
  /** Transactions it cannot do without. */
  readonly needed: number;
  /** The same by command line; `undefined` where it has no command. */
  readonly command: CommandCost | undefined;
  /** Prepared and reviewed, not sent. */
  readonly isOnlyReviewed?: boolean;
};

/** Trips one after the other, and bytes of all bodies. */
export type Traffic = { readonly trips: number; readonly bytes: number };
const NO_TRAFFIC: Traffic = { trips: 0, bytes: 0 };

/** What an operation costs. */
export type Measured = Row & {
  readonly preparing: Traffic;
  /** Of the first transaction, with its own preparation. */
  readonly reviewing: Traffic;
  /** Of the first transaction: from the yes to the confirmed end. */
  readonly sending: Traffic;
  readonly transactions: number;
  /** From the last read's answer to checks, plan and changes. */
  readonly checkMs: number;
};

const trafficOf = (exchanges: readonly Exchange[]): Traffic => ({
  trips: sequentialTrips(exchanges),
  bytes: bytesOf(exchanges),
});

/** Main on a practice network in this process, and its demo key in every part. */
export async function openScene() {
  const folder = temporaryFolder();
  const started: { network?: PracticeNetwork } = {};
  const main: StartedMain = await startMain(folder.path, {
    children: {
      askSigner: async (request) => ({ kind: 'answer', message: await answer(request) }),
      startPracticeNetwork: (args) =>
        practiceInThisProcess(args, (network) => {
          started.network = network;
        }),
    },
  });
  const { services } = main;
  await main.open();
  await services.app.chooseDoor('practice');
  await until(() => services.connections.status().kind === 'online');
  const [demo] = services.signers.own();
  const { network } = started;
  if (!demo || !network) throw new Error('no practice network');
  return {
    services,
    network,
    demo,
    mint: network.demoMint,
    async close() {
      await main.close();
      folder.remove();
    },
  };
}

export type Scene = Awaited<ReturnType<typeof openScene>>;

async function until(isTrue: () => boolean): Promise<void> {
  const deadline = performance.now() + 60_000;
  while (!isTrue()) {
    if (performance.now() > deadline) throw new Error('it never became true');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Prepares, reviews and carries out an operation, and counts. */
export async function measure({ services, demo }: Scene, row: Row): Promise<Measured> {
  const request: OperationRequest = {
    operation: row.operation,
    signers: { payer: demo, authority: demo, joinAuthority: demo },
  };
  const prepared = await exchangesOf(() => services.reviews.prepare(request), DELAY_MS);
  const checkMs = await timeChecks(services.connections.current(), request);
  const plan = await services.plans.begin(request);
  const first = await exchangesOf(() => services.reviews.reviewNext(plan), DELAY_MS);
  const measured = {
    ...row,
    preparing: trafficOf(prepared.exchanges),
    reviewing: trafficOf(first.exchanges),
    sending: NO_TRAFFIC,
    transactions: prepared.result.steps.length,
    checkMs,
  };
  if (!first.result) throw new Error(`${row.name}: nothing to do`);
  if (row.isOnlyReviewed) {
    await services.plans.discard(plan.id);
    return measured;
  }
  let sending = NO_TRAFFIC;
  let transactions = 0;
  for (let review = first.result as typeof first.result | undefined; review; transactions += 1) {
    const { shown } = review;
    const against = reasonsAgainst(shown);
    if (against !== '') throw new Error(`${row.name}: ${against}`);
    const sent = await exchangesOf(() => send(services, shown), DELAY_MS);
    if (transactions === 0) sending = trafficOf(sent.exchanges);
    review = await services.reviews.reviewNext(plan);
  }
  return { ...measured, sending, transactions };
}

type Services = Scene['services'];
type Shown = NonNullable<Awaited<ReturnType<Services['reviews']['reviewNext']>>>['shown'];

function reasonsAgainst({ blocked, checks, simulation }: Shown): string {
  const fails = checks.filter(({ kind }) => kind === 'fail').map(({ title, reason }) => `${title}: ${reason}`);
  return [blocked, simulation.reason, ...fails].filter((reason) => reason !== '').join('; ');
}

async function send(services: Services, { reviewId, review, typedPhrase }: Shown): Promise<void> {
  const { transactionId } = await services.approvals.approve({
    reviewId,
    messageHash: review.messageHash,
    typed: typedPhrase,
  });
  await until(() => services.transactions.read(transactionId).outcome !== undefined);
  const { outcome } = services.transactions.read(transactionId);
  if (outcome?.kind !== 'confirmed') throw new Error(JSON.stringify(outcome, (_, value) => String(value)));
}

/** A configuration nobody has read yet: a person types it once. */
function withOwnText({ operation, signers }: OperationRequest, run: number): OperationRequest {
  if (!('configText' in operation) || operation.configText === undefined) return { operation, signers };
  return { operation: { ...operation, configText: `${operation.configText}# ${run}\n` }, signers };
}

async function timeChecks(
  { node, profile }: ReturnType<Services['connections']['current']>,
  request: OperationRequest,
) {
  let readAt = 0;
  const timed =
    <A extends unknown[], R>(read: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      const result = await read(...args);
      readAt = performance.now();
      return result;
    };
  const chain: ChainReader = {
    readAccounts: timed(node.readAccounts),
    readProgramAccounts: timed(node.readProgramAccounts),
    readRentFloor: timed(node.readRentFloor),
    readClusterTime: timed(node.readClusterTime),
  };
  const context = { chain, programs: profile.programs, freshAccount: undefined, ownAccounts: new Set<Address>() };
  const times: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    await prepareRequest(withOwnText(request, run), context);
    times.push(performance.now() - readAt);
  }
  return median(times);
}
