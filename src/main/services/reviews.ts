import { AppError, isAppError, messageOf } from '#core/errors/app-error.ts';
import type { ProgramIds } from '#core/networks/profile.ts';
import type { Check, Prepared } from '#core/operations/prepared.ts';
import { type PreparedRequest, prepareRequest } from '#core/operations/prepare-request.ts';
import type { Step } from '#core/operations/define-operation.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import type { Clock, RecentBlockhash, Simulation } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { buildMessage } from '#core/transactions/build.ts';
import { explainFailure } from '#core/transactions/failure.ts';
import type { Review } from '#core/transactions/review.ts';
import type { ReviewedStep, SignerSlot, SimulationReport } from '#core/transactions/review-request.ts';
import { summarize } from '#core/transactions/summarize.ts';
import type { ChainNode } from '#main/ports.ts';
import type { Connections, Online } from './connections.ts';
import type { JournalBook } from './journal-book.ts';
import type { Plan, Plans } from './plans.ts';
import type { SignerBook } from './signer-book.ts';

/** A review as main keeps it: the bytes, and what they were made from. */
export type KeptReview = {
  readonly shown: ReviewedStep;
  readonly plan: Plan;
  readonly message: Uint8Array;
  readonly lifetime: RecentBlockhash;
  readonly subject: string;
  readonly runId: string | undefined;
  readonly freshAccount: Address | undefined;
  readonly reviewedAt: number;
  /** What is signed against: failed checks, flags and a failing simulation, in words. */
  readonly objections: readonly string[];
  /** The deployment it was read by. */
  readonly programs: ProgramIds;
};

/** To be typed when something speaks against signing. */
const OVERRIDE_PHRASE = 'sign anyway';

/** What the key of an account that is being created is called. */
const FRESH_LABEL = 'Account of the new run';

type Deps = {
  readonly connections: Connections;
  readonly signers: SignerBook;
  readonly plans: Plans;
  readonly book: JournalBook;
  readonly clock: Clock;
  readonly newId: () => string;
};

export type Reviews = ReturnType<typeof createReviews>;

/** From a plan to the review of its next transaction: facts, checks, bytes, simulation, summary of the bytes. */
export function createReviews({ connections, signers, plans, book, clock, newId }: Deps) {
  const kept = new Map<string, KeptReview>();

  /** Checks and steps for what the chain says now. */
  async function prepareFor(plan: Plan, online: Online): Promise<PreparedRequest> {
    const context = contextOf(online);
    const prepared = await prepareRequest(plan.request, { ...context, freshAccount: plan.fresh?.address });
    if (!prepared.needsFreshAccount || plan.fresh) return prepared;
    const freshAccount = await plans.freshAccountOf(plan);
    return prepareRequest(plan.request, { ...context, freshAccount });
  }

  function contextOf({ node, profile, genesisHash }: Online) {
    return { chain: node, programs: profile.programs, ownAccounts: book.accountsCreatedOn(genesisHash) };
  }

  /** @throws AppError `network/offline`, `network/changed` */
  function networkOf(plan: Plan): Online {
    const online = connections.current();
    plan.genesisHash ??= online.genesisHash;
    if (plan.genesisHash === online.genesisHash) return online;
    throw new AppError('network/changed', { expected: plan.genesisHash, found: online.genesisHash });
  }

  async function reviewNext(plan: Plan): Promise<KeptReview | undefined> {
    if (isCarriedOut(plan)) return undefined;
    const online = networkOf(plan);
    const { prepared, steps } = await prepareFor(plan, online);
    const step = steps[0];
    if (!step) return undefined;
    if (plan.titles.length < steps.length) plan.titles = steps.map(({ title }) => title);
    const [lifetime, blockHeight] = await Promise.all([
      online.node.readLatestBlockhash(),
      online.node.readBlockHeight(),
    ]);
    const message = buildStep(step, plan.request, lifetime);
    const { programs } = online.profile;
    const review = summarize(message, { own: signers.own(), labels: labelsFor(plan), programs });
    const [simulation, slots] = await Promise.all([
      simulateStep(online, review, message, step),
      slotsOf(review, step, plan),
    ]);
    const objections = objectionsTo(prepared.checks, review, simulation);
    const subject = subjectOf(plan.request, step);
    // It may have been given up meanwhile.
    plans.find(plan.id);
    return keep({
      plan,
      message,
      lifetime,
      subject,
      runId: step.runId,
      freshAccount: slots.find(({ kind }) => kind === 'fresh-account')?.address,
      reviewedAt: clock.now(),
      objections,
      programs,
      shown: {
        reviewId: newId(),
        planId: plan.id,
        title: step.title,
        stepNumber: plan.titles.length - steps.length + 1,
        steps: plan.titles.map((title) => ({ title })),
        review,
        checks: prepared.checks,
        changes: prepared.changes,
        simulation,
        slots,
        network: { name: online.profile.name, genesisHash: online.genesisHash, cluster: online.cluster },
        blockHeight,
        lastValidBlockHeight: lifetime.lastValidBlockHeight,
        typedPhrase: objections.length === 0 ? '' : OVERRIDE_PHRASE,
        blocked: blockedBy(online, review, slots, subject),
      },
    });
  }

  /** All its transactions took effect: what the chain would still allow is another plan's business. */
  function isCarriedOut({ id, titles, genesisHash }: Plan): boolean {
    const ofPlan = book.all().filter(({ signed }) => signed.planId === id && signed.genesisHash === genesisHash);
    const confirmed = ofPlan.filter(({ end }) => end?.outcome.kind === 'confirmed');
    return titles.length > 0 && confirmed.length >= titles.length;
  }

  /** One review a plan: an older one can no longer be approved. */
  function keep(review: KeptReview): KeptReview {
    for (const [id, { plan }] of kept) {
      if (plan.id === review.plan.id) kept.delete(id);
    }
    kept.set(review.shown.reviewId, review);
    return review;
  }

  /** The key made for a new account is nobody's wallet: it is named, but not among the operator's own. */
  function labelsFor({ fresh }: Plan): Partial<Record<Address, string>> {
    return fresh ? { ...signers.labels(), [fresh.address]: FRESH_LABEL } : signers.labels();
  }

  async function slotsOf(review: Review, step: Step, plan: Plan): Promise<SignerSlot[]> {
    return Promise.all(
      review.signers.map(async ({ address }): Promise<SignerSlot> => {
        const role = step.signers.find((signer) => signer.address === address)?.role ?? 'Signer';
        if (address === plan.fresh?.address) {
          return { address, role, label: FRESH_LABEL, kind: 'fresh-account', problem: '' };
        }
        const key = await signers.keyFor(address);
        if (key) return { address, role, label: key.label, kind: 'keyfile', problem: key.problem };
        const label = signers.labels()[address] ?? '';
        return { address, role, label, kind: 'absent', problem: 'No key for this address is on this machine' };
      }),
    );
  }

  function blockedBy(online: Online, review: Review, slots: readonly SignerSlot[], subject: string): string {
    const { contradicts, profile, genesisHash } = online;
    if (contradicts !== undefined) {
      const { happened } = messageOf('network/contradicts', { promised: profile.expected, found: contradicts });
      return happened;
    }
    if (book.brokenAt !== undefined) return messageOf('journal/broken', { record: book.brokenAt }).happened;
    const pending = book
      .inFlight()
      .find(({ signed }) => signed.genesisHash === genesisHash && signed.subject === subject);
    if (pending) return `“${pending.signed.title}” for the same thing was sent and may still land`;
    const refusing = review.flags.find(({ level }) => level === 'refuse');
    if (refusing) return refusing.text;
    const hindered = slots.find(({ problem }) => problem !== '');
    return hindered ? `${hindered.role}: ${hindered.problem}` : '';
  }

  return {
    prepare: async (request: OperationRequest) => {
      const context = contextOf(connections.current());
      return (await prepareRequest(request, { ...context, freshAccount: undefined })).prepared;
    },

    reviewNext,

    /** A review that can still be approved. */
    find: (reviewId: string) => kept.get(reviewId),

    /** It was approved, or its plan was given up. */
    drop: (planId: string) => {
      for (const [id, { plan }] of kept) if (plan.id === planId) kept.delete(id);
    },

    /**
     * Whether the chain still asks for exactly these bytes, they still change what the review says they do, and nothing new
     * speaks against them. Read again right before signing.
     *
     * @throws AppError `network/…`, `rpc/…`
     */
    async stillHolds({ plan, message, lifetime, shown }: KeptReview): Promise<boolean> {
      const { prepared, steps } = await prepareFor(plan, networkOf(plan));
      const step = steps[0];
      if (!step || !equalBytes(buildStep(step, plan.request, lifetime), message)) return false;
      return saysNothingNew(prepared, shown);
    },
  };
}

function buildStep(step: Step, { signers }: OperationRequest, { blockhash }: RecentBlockhash): Uint8Array {
  return buildMessage(step.instructions, { payer: signers.payer, blockhash });
}

/** Two transactions about one run, or about one join authority, do not fly together. */
function subjectOf({ operation, signers }: OperationRequest, { runId }: Step): string {
  return runId === undefined ? `${operation.kind} ${signers.joinAuthority}` : `run ${runId}`;
}

/** The same bytes may mean something else by now: a run that started meanwhile is paused only after its round. */
export function saysNothingNew(now: Pick<Prepared, 'checks' | 'changes'>, shown: Pick<Prepared, 'checks' | 'changes'>) {
  if (JSON.stringify(now.changes) !== JSON.stringify(shown.changes)) return false;
  const worded = ({ kind, title, reason }: Check) => JSON.stringify([kind, title, reason]);
  const known = new Set(shown.checks.map(worded));
  return now.checks.every((check) => check.kind === 'pass' || known.has(worded(check)));
}

const failing = (checks: readonly Check[]) => checks.filter(({ kind }) => kind === 'fail');

function objectionsTo(checks: readonly Check[], review: Review, simulation: SimulationReport): string[] {
  return [
    ...failing(checks).map(({ title, reason }) => `${title}: ${reason}`),
    ...review.flags.filter(({ level }) => level === 'typed').map(({ text }) => text),
    ...(simulation.kind === 'would-fail' ? [`The simulation fails: ${simulation.reason}`] : []),
  ];
}

async function simulateStep(
  online: Online,
  review: Review,
  message: Uint8Array,
  step: Step,
): Promise<SimulationReport> {
  const unsigned = review.signers.map(() => new Uint8Array(SIGNATURE_BYTES));
  const watch = [...new Set([...review.signers.map(({ address }) => address), ...step.watch])];
  try {
    const [before, simulation] = await Promise.all([
      lamportsOf(online.node, watch),
      online.node.simulate(encodeTransaction(unsigned, message), watch),
    ]);
    return reportOn(simulation, before, watch, review, online);
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    const { happened, remedy } = messageOf(cause.code, cause.params as never);
    return { kind: 'unavailable', reason: happened, remedy, logs: [], balances: [] };
  }
}

async function lamportsOf(node: ChainNode, addresses: readonly Address[]): Promise<bigint[]> {
  const { accounts } = await node.readAccounts(addresses, { offset: 0, length: 0 });
  return accounts.map((account) => account?.lamports ?? 0n);
}

function reportOn(
  { err, logs, unitsConsumed, accounts }: Simulation,
  before: readonly bigint[],
  watch: readonly Address[],
  review: Review,
  online: Online,
): SimulationReport {
  const common = { logs: [...logs], ...(unitsConsumed === undefined ? {} : { unitsConsumed }) };
  if (err !== null && err !== undefined) {
    const instructionPrograms = review.instructions.map(({ program }) => program.address);
    const { cause, remedy } = explainFailure({
      error: err,
      logs,
      instructionPrograms,
      programs: online.profile.programs,
    });
    return { kind: 'would-fail', reason: cause, remedy, ...common, balances: [] };
  }
  const balances = watch.map((address, index) => ({
    address,
    beforeLamports: before[index] ?? 0n,
    afterLamports: accounts[index]?.lamports ?? 0n,
  }));
  return { kind: 'would-succeed', reason: '', remedy: '', ...common, balances };
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
