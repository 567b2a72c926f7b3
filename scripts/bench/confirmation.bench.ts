import { performance } from 'node:perf_hooks';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import type { OperationInput } from '#core/operations/request.ts';
import { contract } from '#ipc/contract.ts';
import { createPageEvents } from '#main/electron/page-events.ts';
import { answer } from '#signer/answer.ts';
import { startMain, temporaryFolder, type StartedMain } from '#test/main/start-main.ts';
import { median, type Figure, report } from './measure.ts';
import { startBuiltPractice } from './practice-process.ts';

const TRANSACTIONS = 60;
const WARM_UP = 10;

/**
 * The app's own services against a practice network in its own process, over HTTP and WebSocket: from the moment the signed
 * transaction is handed to sending until the page is told of its end.
 */
async function confirmationFigures(): Promise<Figure[]> {
  const folder = temporaryFolder();
  const page = createPage();
  const main = await startMain(folder.path, {
    children: {
      askSigner: async (request) => ({ kind: 'answer', message: await answer(request) }),
      startPracticeNetwork: startBuiltPractice,
    },
    events: { ...createPageEvents(contract, () => undefined), transactions: { changed: page.changed } },
  });
  try {
    await main.open();
    await main.services.app.chooseDoor('practice');
    while (main.services.connections.status().kind !== 'online') await pause(20);
    const carryOut = operator(main, page);
    await carryOut({
      kind: 'create-run',
      runId: 'bench',
      whoMayJoin: { kind: 'anyone' },
      metadata: { name: 'Bench', description: '', parameters: 1n, vocabulary: 2n },
      clientVersion: 'latest',
      configText: PRACTICE_CONFIG_TEXT,
      start: true,
    });
    const times: number[] = [];
    for (let index = 0; index < TRANSACTIONS + WARM_UP; index += 1) {
      times.push(...(await carryOut({ kind: 'set-paused', runId: 'bench', paused: index % 2 === 0 })));
    }
    const measured = times.slice(WARM_UP).toSorted((a, b) => a - b);
    const p95 = measured[Math.floor(measured.length * 0.95)] ?? Number.NaN;
    console.log(
      `      ${measured.length} transactions confirmed, the slowest after ${(measured.at(-1) ?? 0).toFixed(1)} ms`,
    );
    return [
      {
        name: 'confirmation in the app, p50',
        value: median(measured),
        unit: 'ms',
        limit: { kind: 'at-most', value: 15 },
      },
      { name: 'confirmation in the app, p95', value: p95, unit: 'ms', limit: { kind: 'at-most', value: 50 } },
    ];
  } finally {
    await main.close();
    folder.remove();
  }
}

/** Carries a plan out; answers how long each of its transactions took to be confirmed, milliseconds. */
function operator({ services }: StartedMain, page: Page) {
  const [demo] = services.signers.own();
  if (!demo) throw new Error('no demo key');
  const signers = { payer: demo, authority: demo, joinAuthority: demo };
  return async (operation: OperationInput): Promise<number[]> => {
    const plan = await services.plans.begin({ operation, signers });
    const times: number[] = [];
    for (;;) {
      const next = await services.reviews.reviewNext(plan);
      if (!next) return times;
      const { reviewId, blocked, review } = next.shown;
      if (blocked !== '') throw new Error(blocked);
      const { transactionId } = await services.approvals.approve({
        reviewId,
        messageHash: review.messageHash,
        typed: '',
      });
      const sentAt = performance.now();
      const endedAt = await page.told(() => services.transactions.read(transactionId).outcome !== undefined);
      const outcome = services.transactions.read(transactionId).outcome;
      if (outcome?.kind !== 'confirmed') throw new Error(`it ended as ${outcome?.kind}`);
      times.push(endedAt - sentAt);
    }
  };
}

type Page = ReturnType<typeof createPage>;

/** A page that hears what main tells. */
function createPage() {
  let listen = (): void => undefined;
  return {
    changed: () => listen(),
    /** When a change of a transaction was told that makes this true. */
    told: (isTrue: () => boolean) =>
      new Promise<number>((resolve) => {
        listen = () => {
          if (isTrue()) resolve(performance.now());
        };
        listen();
      }),
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

confirmationFigures().then(report, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
