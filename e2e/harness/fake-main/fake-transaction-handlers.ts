import { base64 } from '@scure/base';
import { AppError } from '#core/errors/app-error.ts';
import { signatureSlots } from '#core/journal/wire-signatures.ts';
import type { TickerStatus } from '#core/runs/ticker-status.ts';
import type { Address } from '#core/solana/address.ts';
import { SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { readHanded } from '#core/transactions/read-handed.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import type { FakeGroups, FakePlan, FakeWorld } from './fake-world.ts';
import { signSample } from './sample-keys.ts';
import { prepareOnSample, reviewOnSample } from './sample-review.ts';
import { SAMPLE_PASSPHRASE } from './sample-signers.ts';

/** A review that can be approved, and where its bytes come from. */
type Shelved = {
  readonly step: ReviewedStep;
  readonly plan?: FakePlan;
  readonly transactionId?: string;
  /** Signatures that came with the bytes of others. */
  readonly given?: readonly (Uint8Array | undefined)[];
};

/** Operations from form to signature, and the journal of what was signed. */
export function fakeTransactionHandlers(world: FakeWorld): FakeGroups<'operations' | 'ticker' | 'transactions'> {
  const { scenario, tell, plans, chain, journal } = world;
  let ticker: TickerStatus = { kind: 'idle' };
  let made = 0;
  const shelf = new Map<string, Shelved>();

  async function reviewed(planId: string): Promise<ReviewedStep | undefined> {
    const plan = plans.get(planId);
    if (!plan) throw new AppError('plan/unknown', {});
    plan.reviews += 1;
    const { request, step: index } = plan;
    const nonce = await (await journal()).nonces.lifetimeFor(request);
    const reviewId = `${planId} ${index} ${plan.reviews}`;
    const step = await reviewOnSample({ request, step: index, planId, reviewId, nonce }, { chain, scenario });
    if (step) shelf.set(reviewId, { step, plan });
    return step;
  }

  /** Signatures of everybody but those left out and those nobody here can sign for. */
  function sign(
    { review, slots }: ReviewedStep,
    given: readonly (Uint8Array | undefined)[],
    absent: readonly Address[],
  ) {
    const message = base64.decode(review.messageBase64);
    const signatures = slots.map(({ address, kind }, index) => {
      const isSigned = kind !== 'absent' && kind !== 'signed' && !absent.includes(address);
      return isSigned ? signSample(address, message) : (given[index] ?? new Uint8Array(SIGNATURE_BYTES));
    });
    return encodeTransaction(signatures, message);
  }

  async function carryOut(
    { step, plan, transactionId, given: brought = [] }: Shelved,
    absent: readonly Address[],
  ): Promise<string> {
    const book = await journal();
    if (transactionId !== undefined) {
      const given = signatureSlots(book.wireOf(transactionId)).map(({ signature }) => signature);
      const wire = sign(step, given, absent);
      await book.addSignatures(transactionId, wire);
      return transactionId;
    }
    const id = `transaction-${(made += 1)}`;
    const operation = plan?.request.operation;
    const runId = operation && 'runId' in operation ? operation.runId : undefined;
    const about = { planId: step.planId ?? '', subject: id, ...(runId === undefined ? {} : { runId }) };
    await book.send({ ...about, id, step, wire: sign(step, brought, absent) });
    return id;
  }

  return {
    operations: {
      async prepare(request) {
        const nonce = await (await journal()).nonces.lifetimeFor(request);
        return (await prepareOnSample(request, { chain, scenario }, nonce)).prepared;
      },
      async begin(request) {
        const planId = `plan ${plans.size + 1}`;
        plans.set(planId, { request, step: 0, reviews: 0 });
        const step = await reviewed(planId);
        if (!step) throw new AppError('plan/nothing-to-do', {});
        return step;
      },
      async review({ planId }) {
        const plan = plans.get(planId);
        if (plan) plan.step = (await journal()).confirmed(planId);
        const step = await reviewed(planId);
        return step ? { kind: 'step', step } : { kind: 'done' };
      },
      async approve({ reviewId, typed, passphrases = [], absent = [] }) {
        const shelved = shelf.get(reviewId);
        if (!shelved) throw new AppError('approval/not-reviewed', { reviewId });
        const { typedPhrase } = shelved.step;
        if (typed !== typedPhrase) throw new AppError('plan/phrase', { phrase: typedPhrase });
        if (passphrases.some(({ passphrase }) => new TextDecoder().decode(passphrase) !== SAMPLE_PASSPHRASE)) {
          throw new AppError('keyfile/wrong-passphrase', { fileName: 'cold-key.age' });
        }
        return { transactionId: await carryOut(shelved, absent) };
      },
      discard({ planId }) {
        plans.delete(planId);
        return {};
      },
    },
    ticker: {
      start({ count, intervalMs }) {
        ticker = { kind: 'ticking', runId: 'practice-run-1', count, intervalMs, landed: 3 };
        tell('ticker.changed', {});
        return ticker;
      },
      stop() {
        if (ticker.kind === 'ticking') ticker = { ...ticker, kind: 'ended', why: 'stopped', reason: '', remedy: '' };
        tell('ticker.changed', {});
        return ticker;
      },
      status: () => ticker,
    },
    transactions: {
      list: async () => (await journal()).transactions.list(),
      read: async ({ id }) => (await journal()).transactions.read(id),
      landed: async ({ id }) => (await journal()).transactions.landed(id),
      async annotate({ id, ...words }) {
        await (await journal()).transactions.annotate(id, words);
        return {};
      },
      async look({ text }) {
        const found = await (await journal()).handed.look(text);
        if (found.kind === 'foreign')
          shelf.set(found.step.reviewId, { step: found.step, given: readHanded(text).signatures });
        return found;
      },
      openHanded: async () => (await journal()).handed.open(),
      async addSignatures({ id, text }) {
        await (await journal()).handed.addSignatures(id, text);
        return {};
      },
      async signRest({ id }) {
        const step = await (await journal()).handed.signRest(id);
        shelf.set(step.reviewId, { step, transactionId: id });
        return step;
      },
      async resend({ id }) {
        (await journal()).handed.resend(id);
        return {};
      },
      exportText: async ({ id }) => ({ text: await (await journal()).handed.exportText(id) }),
      async saveWire({ id }) {
        await (await journal()).handed.exportText(id);
        return { kind: 'saved', fileName: 'transaction.txt' };
      },
      saveJournal: () => ({ kind: 'saved', fileName: 'journal-2026-11-22.json', records: 1_204 }),
      saveBooks: () => ({ kind: 'saved', fileName: 'books-2026-11-22.csv', movements: 318, open: 2 }),
    },
  };
}
