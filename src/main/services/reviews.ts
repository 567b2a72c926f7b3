import { equalBytes } from '#core/units/equal-bytes.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { Check, Prepared } from '#core/operations/prepared.ts';
import { type PreparedRequest, prepareRequest } from '#core/operations/prepare-request.ts';
import type { Step } from '#core/operations/define-operation.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import type { Clock } from '#core/ports.ts';
import { withFees } from '#core/programs/compute-budget.ts';
import { buildMessage } from '#core/transactions/build.ts';
import type { Fees } from '#core/transactions/fees.ts';
import {
  type BlockhashLifetime,
  type KeptLifetime,
  type NonceLifetime,
  recentValueOf,
} from '#core/transactions/lifetime.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import { summarize } from '#core/transactions/summarize.ts';
import type { Rest } from '#core/units/long-lists.ts';
import type { ChainNode } from '#main/ports.ts';
import type { Connections, Online } from './connections.ts';
import type { DeployedProgramsBook } from './deployed-programs.ts';
import type { JournalBook } from './journal-book.ts';
import type { KeptReview, ReviewShelf } from './kept-review.ts';
import type { Nonces } from './nonces.ts';
import type { Plan, Plans } from './plans.ts';
import {
  blockedBy,
  concernsRunPrograms,
  failing,
  FRESH_LABEL,
  objectionsTo,
  OVERRIDE_PHRASE,
  rivalOf,
  slotsOf,
  typedOf,
} from './review-parts.ts';
import type { SignerBook } from './signer-book.ts';
import { feeNoteOf, feesFor, readGoingFees, triedFees } from './step-fees.ts';
import { placedIn, reportOn, tryOut } from './trial.ts';

/** The bytes of a transaction that is repeated. */
type RenewedTransaction = Pick<KeptReview, 'message' | 'lifetime'> & {
  readonly refusal: { readonly reason: string; readonly remedy: string } | undefined;
};

/** Stands in the message that is simulated while the blockhash of the one to be signed is being read. 32 zero bytes. */
const UNKNOWN_BLOCKHASH = { blockhash: '1'.repeat(32) };

type Deps = {
  readonly connections: Connections;
  readonly signers: SignerBook;
  readonly plans: Plans;
  readonly nonces: Pick<Nonces, 'lifetimeFor'>;
  readonly book: JournalBook;
  readonly shelf: ReviewShelf;
  readonly deployedPrograms: DeployedProgramsBook;
  readonly clock: Clock;
  readonly newId: () => string;
  /** Lets other work pass while a long list is gone through. */
  readonly rest?: Rest;
};

export type Reviews = ReturnType<typeof createReviews>;

/** From a plan to the review of its next transaction: facts, checks, bytes, simulation, summary of the bytes. */
export function createReviews(deps: Deps) {
  const { connections, signers, plans, nonces, book, shelf, deployedPrograms, clock, newId, rest } = deps;

  /** Checks and steps for what the chain says now, and the nonce they live by, if they do. */
  async function prepareFor(
    plan: Plan,
    online: Online,
  ): Promise<PreparedRequest & { nonce: NonceLifetime | undefined }> {
    const nonce = await nonces.lifetimeFor(plan.request, plan);
    plan.nonceAccount = nonce?.account;
    const prepared = await prepareRequest(plan.request, {
      ...contextOf(online),
      freshAccount: plan.fresh?.address,
      nonce,
    });
    if (!prepared.needsFreshAccount || plan.fresh) return { ...prepared, nonce };
    return { ...prepared.withFreshAccount(await plans.freshAccountOf(plan)), nonce };
  }

  function contextOf({ node, profile, genesisHash }: Online) {
    const { programs, fees } = profile;
    return { chain: node, programs, fees, ownAccounts: book.accountsCreatedOn(genesisHash), rest };
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
    const { prepared, steps, nonce } = found;
    const step = steps[0];
    if (!step) return undefined;
    if (plan.titles.length < steps.length) plan.titles = steps.map(({ title }) => title);
    const { programs, fees: policy } = online.profile;
    const { payer } = plan.request.signers;
    const tried = withFees(step.instructions, triedFees(policy), payer);
    const triedMessage = buildMessage(tried, { payer, ...UNKNOWN_BLOCKHASH });
    const [lifetime, blockHeight, trial, recent] = await Promise.all([
      nonce ?? readLifetime(online.node),
      online.node.readBlockHeight(),
      tryOut(online.node, triedMessage, step.watch, prepared.slot),
      readGoingFees(online.node, policy, triedMessage),
    ]);
    const choice = feesFor(policy, found, plan.request, { trial, recent });
    const message = buildStep(step, plan.request, lifetime, choice.fees);
    const review = summarize(message, { own: signers.own(), labels: labelsFor(plan), programs });
    const placed = (error: unknown) => placedIn(step, tried, error);
    const simulation = reportOn(trial, { review, programs, runId: step.runId, placed });
    const freshAccount = plan.fresh?.address;
    const slots = await slotsOf(review, signers, { given: [], freshAccount, roles: step.signers });
    const isAboutPrograms = concernsRunPrograms(step.runId, review, programs);
    const notices = isAboutPrograms ? await deployedPrograms.noticesFor(online) : [];
    const objections = objectionsTo(prepared.checks, review, simulation, notices);
    const subject = subjectOf(plan.request, step);
    const { genesisHash } = online;
    const rival = rivalOf(book, { genesisHash, subject, lifetime, transactionId: undefined });
    // It may have been given up meanwhile.
    plans.find(plan.id);
    // So may what it was waiting for have landed, of which the facts read above know nothing.
    if (isCarriedOut(plan)) return undefined;
    return shelf.keep({
      source: { kind: 'plan', plan, fees: choice.fees },
      message,
      given: [],
      lifetime,
      subject,
      runId: step.runId,
      freshAccount: slots.find(({ kind }) => kind === 'fresh-account')?.address,
      reviewedAt: clock.now(),
      objections,
      programs,
      shown: {
        reviewId: newId(),
        origin: 'plan',
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
        network: { name: online.profile.name, genesisHash, cluster: online.cluster },
        blockHeight,
        ...(lifetime.kind === 'blockhash' ? { lastValidBlockHeight: lifetime.lastValidBlockHeight } : {}),
        typedPhrase: objections.length === 0 ? '' : OVERRIDE_PHRASE,
        blocked: blockedBy(online, review, { brokenAt: book.brokenAt, rival }),
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
    if (!concernsRunPrograms(step.runId, review, online.profile.programs)) return undefined;
    const known = new Set(typedOf(deployed));
    const notices = await deployedPrograms.noticesFor(online);
    const found = notices.find(({ level, text }) => level === 'typed' && !known.has(text));
    return found && { reason: found.text, remedy: found.remedy };
  }

  /** The key made for a new account is nobody's wallet: it is named, but not among the operator's own. */
  function labelsFor({ fresh }: Plan): ReturnType<SignerBook['labels']> {
    return fresh ? { ...signers.labels(), [fresh.address]: FRESH_LABEL } : signers.labels();
  }

  return {
    prepare: async (request: OperationRequest) => {
      const context = contextOf(connections.current());
      const nonce = await nonces.lifetimeFor(request);
      return (await prepareRequest(request, { ...context, freshAccount: undefined, nonce })).prepared;
    },

    reviewNext,

    isCarriedOut,

    /**
     * A reviewed transaction once more, with a new blockhash, from what the chain says now.
     *
     * @returns `refusal`: why it is not worth sending, from its first failing check
     * @throws AppError `plan/nothing-to-do`, `network/…`, `rpc/…`
     */
    async renew({ source, shown }: KeptReview): Promise<RenewedTransaction> {
      if (source.kind !== 'plan') throw new AppError('plan/nothing-to-do', {});
      const { plan, fees } = source;
      const online = networkOf(plan);
      const [{ prepared, steps }, lifetime] = await Promise.all([prepareFor(plan, online), readLifetime(online.node)]);
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
     * Whether the chain still asks for exactly these bytes of a plan, they still change what the review says they do, and nothing
     * new speaks against them. Read again right before signing.
     *
     * @throws AppError `network/…`, `nonce/…`, `rpc/…`
     */
    async stillAsks({ message, lifetime, shown }: KeptReview, { plan, fees }: PlanSource): Promise<boolean> {
      const online = networkOf(plan);
      const { prepared, steps, nonce } = await prepareFor(plan, online);
      const step = steps[0];
      const now = nonce ?? lifetime;
      if (!step || !equalBytes(buildStep(step, plan.request, now, fees), message)) return false;
      return saysNothingNew(prepared, shown) && !(await newlyTyped(online, step, shown));
    },
  };
}

type PlanSource = Extract<KeptReview['source'], { kind: 'plan' }>;

async function readLifetime(node: ChainNode): Promise<BlockhashLifetime> {
  return { kind: 'blockhash', ...(await node.readLatestBlockhash()) };
}

function buildStep(
  step: Step,
  { signers }: OperationRequest,
  lifetime: KeptLifetime,
  fees: Fees | undefined,
): Uint8Array {
  const { payer } = signers;
  return buildMessage(withFees(step.instructions, fees, payer), { payer, blockhash: recentValueOf(lifetime) });
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
