import { AppError, messageOf } from '#core/errors/app-error.ts';
import type { ProgramIds } from '#core/networks/profile.ts';
import type { Check, Prepared } from '#core/operations/prepared.ts';
import { type PreparedRequest, prepareRequest } from '#core/operations/prepare-request.ts';
import type { Step } from '#core/operations/define-operation.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import type { Clock, RecentBlockhash } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { withFees } from '#core/programs/compute-budget.ts';
import { callsRunProgram, type ProgramNotice } from '#core/programs-deployed/program-notice.ts';
import { buildMessage } from '#core/transactions/build.ts';
import type { Fees } from '#core/transactions/fees.ts';
import type { Review } from '#core/transactions/review.ts';
import type { ReviewedStep, SignerSlot, SimulationReport } from '#core/transactions/review-request.ts';
import { summarize } from '#core/transactions/summarize.ts';
import type { Connections, Online } from './connections.ts';
import type { DeployedProgramsBook } from './deployed-programs.ts';
import type { JournalBook } from './journal-book.ts';
import type { Plan, Plans } from './plans.ts';
import type { SignerBook } from './signer-book.ts';
import { feeNoteOf, feesFor, readGoingFees, triedFees } from './step-fees.ts';
import { reportOn, tryOut } from './trial.ts';

/** A review as main keeps it: the bytes, and what they were made from. */
export type KeptReview = {
  readonly shown: ReviewedStep;
  readonly plan: Plan;
  readonly message: Uint8Array;
  readonly lifetime: RecentBlockhash;
  /** In the bytes, where they fit: the same transaction made again carries the same. */
  readonly fees: Fees | undefined;
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

/** What the key of an account that is being created is called. */
const FRESH_LABEL = 'Account of the new run';

type Deps = {
  readonly connections: Connections;
  readonly signers: SignerBook;
  readonly plans: Plans;
  readonly book: JournalBook;
  readonly deployedPrograms: DeployedProgramsBook;
  readonly clock: Clock;
  readonly newId: () => string;
};

export type Reviews = ReturnType<typeof createReviews>;

/** From a plan to the review of its next transaction: facts, checks, bytes, simulation, summary of the bytes. */
export function createReviews({ connections, signers, plans, book, deployedPrograms, clock, newId }: Deps) {
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
    const { programs, fees } = profile;
    return { chain: node, programs, fees, ownAccounts: book.accountsCreatedOn(genesisHash) };
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
    const found = await prepareFor(plan, online);
    const { prepared, steps } = found;
    const step = steps[0];
    if (!step) return undefined;
    if (plan.titles.length < steps.length) plan.titles = steps.map(({ title }) => title);
    const { programs, fees: policy } = online.profile;
    const { payer } = plan.request.signers;
    const tried = withFees(step.instructions, triedFees(policy), payer);
    const triedMessage = buildMessage(tried, { payer, ...UNKNOWN_BLOCKHASH });
    const [lifetime, blockHeight, trial, recent] = await Promise.all([
      online.node.readLatestBlockhash(),
      online.node.readBlockHeight(),
      tryOut(online.node, triedMessage, step, prepared.slot),
      readGoingFees(online.node, policy, triedMessage),
    ]);
    const choice = feesFor(policy, found, plan.request, { trial, recent });
    const message = buildStep(step, plan.request, lifetime, choice.fees);
    const review = summarize(message, { own: signers.own(), labels: labelsFor(plan), programs });
    const simulation = reportOn(trial, { review, programs, step, tried });
    const slots = await slotsOf(review, step, plan);
    const notices = concernsRunPrograms(step, review, programs) ? await deployedPrograms.noticesFor(online) : [];
    const objections = [...objectionsTo(prepared.checks, review, simulation), ...typedOf(notices)];
    const subject = subjectOf(plan.request, step);
    // It may have been given up meanwhile.
    plans.find(plan.id);
    return keep({
      plan,
      message,
      lifetime,
      fees: choice.fees,
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
        feeNote: feeNoteOf(choice, review),
        checks: prepared.checks,
        deployed: notices,
        changes: prepared.changes,
        consequences: prepared.consequences,
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

  /** What would have to be typed for a deployed program by now, and was not for the review. */
  async function newlyTyped(online: Online, step: Step, { review, deployed }: ReviewedStep) {
    if (!concernsRunPrograms(step, review, online.profile.programs)) return undefined;
    const known = new Set(typedOf(deployed));
    const notices = await deployedPrograms.noticesFor(online);
    const found = notices.find(({ level, text }) => level === 'typed' && !known.has(text));
    return found && { reason: found.text, remedy: found.remedy };
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
        if (key) {
          const kind = key.encrypted ? 'encrypted-keyfile' : 'keyfile';
          return { address, role, label: key.label, kind, problem: key.problem };
        }
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
    async renew({ plan, shown, fees }: KeptReview): Promise<RenewedTransaction> {
      const online = networkOf(plan);
      const [{ prepared, steps }, lifetime] = await Promise.all([
        prepareFor(plan, online),
        online.node.readLatestBlockhash(),
      ]);
      const [failure] = failing(prepared.checks);
      const [step] = steps;
      if (!step) throw new AppError('plan/nothing-to-do', {});
      return {
        message: buildStep(step, plan.request, lifetime, fees),
        lifetime,
        refusal: failure ? { reason: failure.reason, remedy: failure.remedy } : await newlyTyped(online, step, shown),
      };
    },

    /**
     * Whether the chain still asks for exactly these bytes, they still change what the review says they do, and nothing new
     * speaks against them. Read again right before signing.
     *
     * @throws AppError `network/…`, `rpc/…`
     */
    async stillHolds({ plan, message, lifetime, fees, shown }: KeptReview): Promise<boolean> {
      const online = networkOf(plan);
      const { prepared, steps } = await prepareFor(plan, online);
      const step = steps[0];
      if (!step || !equalBytes(buildStep(step, plan.request, lifetime, fees), message)) return false;
      return saysNothingNew(prepared, shown) && !(await newlyTyped(online, step, shown));
    },
  };
}

function buildStep(
  step: Step,
  { signers }: OperationRequest,
  { blockhash }: Pick<RecentBlockhash, 'blockhash'>,
  fees: Fees | undefined,
): Uint8Array {
  const { payer } = signers;
  return buildMessage(withFees(step.instructions, fees, payer), { payer, blockhash });
}

/**
 * Two transactions about one run, one nonce account, or one join authority do not fly together. A tick takes nothing from anybody: it flies
 * beside the others, but not beside another tick.
 */
function subjectOf({ operation, signers }: OperationRequest, { runId }: Step): string {
  if (operation.kind === 'tick') return `tick ${operation.runId}`;
  if ('nonceAccount' in operation) return `nonce ${operation.nonceAccount}`;
  if (operation.kind === 'create-nonce-accounts') return `nonces of ${operation.base}`;
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

/** A step about a run rests on what the programs’ accounts mean, even where it calls none of them. */
function concernsRunPrograms({ runId }: Step, review: Review, programs: ProgramIds): boolean {
  const called = review.programs.map(({ address }) => address);
  return runId !== undefined || callsRunProgram(called, programs);
}

const typedOf = (notices: readonly ProgramNotice[]) =>
  notices.filter(({ level }) => level === 'typed').map(({ text }) => text);

function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
