import { AppError, isAppError, messageOf } from '#core/errors/app-error.ts';
import type { ProgramIds } from '#core/networks/profile.ts';
import type { Check, Prepared } from '#core/operations/prepared.ts';
import { type PreparedRequest, prepareRequest } from '#core/operations/prepare-request.ts';
import type { Step } from '#core/operations/define-operation.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import type { Clock, RecentBlockhash, Simulation } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { passCanonicalGate, SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import { buildMessage } from '#core/transactions/build.ts';
import { explainFailure } from '#core/transactions/explain-failure.ts';
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

/** The bytes of a transaction that is repeated. */
type RenewedTransaction = Pick<KeptReview, 'message' | 'lifetime'> & {
  readonly refusal: { readonly reason: string; readonly remedy: string } | undefined;
};

/** Stands in the message that is simulated while the blockhash of the one to be signed is being read. 32 zero bytes. */
const UNKNOWN_BLOCKHASH = { blockhash: '1'.repeat(32) };

/** To be typed when something speaks against signing. */
const OVERRIDE_PHRASE = 'sign anyway';

/** To be typed before what cannot be taken back, when the name of what is lost cannot simply be typed. */
const FINAL_PHRASE = 'close for good';

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
    const prepared = await prepareRequest(plan.request, {
      ...contextOf(online),
      freshAccount: plan.fresh?.address,
    });
    if (!prepared.needsFreshAccount || plan.fresh) return prepared;
    return prepared.withFreshAccount(await plans.freshAccountOf(plan));
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
    const [lifetime, blockHeight, trial] = await Promise.all([
      online.node.readLatestBlockhash(),
      online.node.readBlockHeight(),
      tryOut(online.node, buildStep(step, plan.request, UNKNOWN_BLOCKHASH), step, prepared.slot),
    ]);
    const message = buildStep(step, plan.request, lifetime);
    const { programs } = online.profile;
    const review = summarize(message, { own: signers.own(), labels: labelsFor(plan), programs });
    const simulation = reportOn(trial, review, programs);
    const slots = await slotsOf(review, step, plan);
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
        typedPhrase: objections.length === 0 ? phraseOf(plan.request) : OVERRIDE_PHRASE,
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
     * A reviewed transaction once more, with a new blockhash, from what the chain says now.
     *
     * @returns `refusal`: why it is not worth sending, from its first failing check
     * @throws AppError `network/…`, `rpc/…`
     */
    async renew({ plan }: KeptReview): Promise<RenewedTransaction> {
      const online = networkOf(plan);
      const [{ prepared, steps }, lifetime] = await Promise.all([
        prepareFor(plan, online),
        online.node.readLatestBlockhash(),
      ]);
      const [failure] = failing(prepared.checks);
      const [step] = steps;
      if (!step) throw new AppError('plan/nothing-to-do', {});
      return {
        message: buildStep(step, plan.request, lifetime),
        lifetime,
        refusal: failure && { reason: failure.reason, remedy: failure.remedy },
      };
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

function buildStep(
  step: Step,
  { signers }: OperationRequest,
  { blockhash }: Pick<RecentBlockhash, 'blockhash'>,
): Uint8Array {
  return buildMessage(step.instructions, { payer: signers.payer, blockhash });
}

/**
 * Two transactions about one run, or about one join authority, do not fly together. A tick takes nothing from anybody: it flies
 * beside the others, but not beside another tick.
 */
function subjectOf({ operation, signers }: OperationRequest, { runId }: Step): string {
  if (operation.kind === 'tick') return `tick ${operation.runId}`;
  return runId === undefined ? `${operation.kind} ${signers.joinAuthority}` : `run ${runId}`;
}

/** What is typed before a run is removed for good: its id where every character of it is on a keyboard. Empty: nothing. */
function phraseOf({ operation }: OperationRequest): string {
  if (operation.kind !== 'close-run') return '';
  return /^[!-~]+$/.test(operation.runId) ? operation.runId : FINAL_PHRASE;
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

/** What a simulation said, with the lamports of the watched accounts before it; or why there is none. */
type Trial =
  | {
      readonly kind: 'ran';
      readonly simulation: Simulation;
      readonly watch: readonly Address[];
      readonly before: readonly bigint[];
    }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly remedy: string };

/**
 * Simulates what is about to be reviewed: the same instructions, and with them the same message but for the blockhash.
 *
 * @param fromSlot - of the reads that the checks come from
 * @throws AppError `message/…`
 */
async function tryOut(node: ChainNode, message: Uint8Array, step: Step, fromSlot: bigint): Promise<Trial> {
  const { header, staticKeys } = passCanonicalGate(message);
  const signing = staticKeys.slice(0, header.requiredSignatures);
  const unsigned = signing.map(() => new Uint8Array(SIGNATURE_BYTES));
  const watch = [...new Set([...signing, ...step.watch])];
  try {
    const [before, simulation] = await Promise.all([
      lamportsOf(node, watch),
      node.simulate(encodeTransaction(unsigned, message), watch, fromSlot),
    ]);
    return { kind: 'ran', simulation, watch, before };
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    const { happened, remedy } = messageOf(cause.code, cause.params as never);
    return { kind: 'unavailable', reason: happened, remedy };
  }
}

async function lamportsOf(node: ChainNode, addresses: readonly Address[]): Promise<bigint[]> {
  const { accounts } = await node.readAccounts(addresses, { offset: 0, length: 0 });
  return accounts.map((account) => account?.lamports ?? 0n);
}

function reportOn(trial: Trial, { instructions }: Review, programs: ProgramIds): SimulationReport {
  if (trial.kind === 'unavailable') return { ...trial, logs: [], balances: [] };
  const { err, logs, unitsConsumed, accounts } = trial.simulation;
  const common = { logs: [...logs], ...(unitsConsumed === undefined ? {} : { unitsConsumed }) };
  if (err !== null && err !== undefined) {
    const failure = explainFailure({ error: err, logs, instructions, programs });
    return { kind: 'would-fail', reason: failure.cause, remedy: failure.remedy, failure, ...common, balances: [] };
  }
  const balances = trial.watch.map((address, index) => ({
    address,
    beforeLamports: trial.before[index] ?? 0n,
    afterLamports: accounts[index]?.lamports ?? 0n,
  }));
  return { kind: 'would-succeed', reason: '', remedy: '', ...common, balances };
}

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
