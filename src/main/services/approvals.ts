import { AppError } from '#core/errors/app-error.ts';
import { signatureOf } from '#core/journal/wire-signatures.ts';
import type { Clock } from '#core/ports.ts';
import type { TickerTerms } from '#core/runs/ticker-status.ts';
import type { Address } from '#core/solana/address.ts';
import { messageHashOf } from '#core/solana/message-hash.ts';
import { COMPUTE_BUDGET_PROGRAM } from '#core/solana/program-ids.ts';
import { SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import {
  type ApprovalDesk,
  type ApprovalTerms,
  EMPTY_DESK,
  grantApproval,
  redeemApproval,
} from '#core/transactions/approval.ts';
import type { SignerSlot } from '#core/transactions/review-request.ts';
import { isSameButBlockhash } from '#core/transactions/same-but-blockhash.ts';
import type { Dialogs } from '#main/ports.ts';
import type { BytesReviews } from './bytes-reviews.ts';
import { confirmationOf } from './confirmation.ts';
import type { Connections } from './connections.ts';
import type { JournalBook } from './journal-book.ts';
import type { Plans } from './plans.ts';
import type { KeptReview, ReviewShelf } from './kept-review.ts';
import { rivalOf } from './review-parts.ts';
import type { Reviews } from './reviews.ts';
import type { Sending } from './sending.ts';
import type { SignerBook } from './signer-book.ts';

/** Blocks that must be left for the bytes to land in. */
const BLOCKS_NEEDED = 10n;

type Deps = {
  readonly shelf: ReviewShelf;
  readonly reviews: Pick<Reviews, 'stillAsks' | 'isCarriedOut'>;
  readonly bytesReviews: Pick<BytesReviews, 'stillLives'>;
  readonly plans: Plans;
  readonly signers: SignerBook;
  readonly connections: Connections;
  readonly book: JournalBook;
  readonly sending: Sending;
  readonly dialogs: Dialogs;
  readonly clock: Clock;
  readonly newId: () => string;
  /** 32 random bytes as text. */
  readonly newToken: () => string;
  /** The window that asks. */
  readonly windowId: () => number;
};

type Approval = { reviewId: string; messageHash: string; typed: string };

/** How a yes is carried out. */
type Manner = {
  readonly repeated?: TickerTerms;
  readonly passphrases?: Passphrases | undefined;
  /** Whose signatures are left for later, though their keys are here. */
  readonly absent?: readonly Address[] | undefined;
};

/** What opens the encrypted keyfiles among the signers; wiped at the end of the approval, whatever came of it. */
type Passphrases = readonly { readonly address: Address; readonly passphrase: Uint8Array }[];

/** A tick that was approved to be repeated: nothing else can be signed in its name. */
export type RepeatedApproval = {
  readonly review: KeptReview;
  readonly approvedAt: number;
  /** The first one, on its way. */
  readonly transactionId: string;
  /** How many more may be signed. */
  left: number;
};

export type Approvals = ReturnType<typeof createApprovals>;

/** From a person's yes to a signed transaction in the journal, on its way. */
export function createApprovals(deps: Deps) {
  const { shelf, reviews, bytesReviews, plans, signers, connections, book, sending, dialogs, clock } = deps;
  const { newId, newToken, windowId } = deps;
  let desk: ApprovalDesk = EMPTY_DESK;
  /** How often everything given before became worth nothing. */
  let forgotten = 0;
  /** Reviews that were approved: asking again finds the same transaction. */
  const done = new Map<string, Promise<string>>();
  /** Genesis hash and subject of what is being signed and not in the journal yet. */
  const claimed = new Set<string>();

  const termsOf = ({ shown }: KeptReview, absent: readonly Address[], genesisHash: string): ApprovalTerms => ({
    reviewId: shown.reviewId,
    messageHash: shown.review.messageHash,
    signers: signingNow(shown.slots, absent),
    genesisHash,
    windowId: windowId(),
  });

  async function approve(review: KeptReview, typed: string, manner: Manner): Promise<string> {
    const { shown } = review;
    const { absent = [] } = manner;
    const reason = shown.blocked || hindranceIn(shown.slots, absent);
    if (reason !== '') throw new AppError('plan/blocked', { reason });
    if (shown.typedPhrase !== '' && shown.typedPhrase !== typed.trim())
      throw new AppError('plan/phrase', { phrase: shown.typedPhrase });
    const forgottenBefore = forgotten;
    // Of the window that was clicked in, not of the one there is when the network has answered.
    const terms = termsOf(review, absent, shown.network.genesisHash);
    await checkNetwork(shown.network.genesisHash);
    // A page that went away while the network was asked gave no approval that outlives it.
    if (forgotten !== forgottenBefore) throw new AppError('approval/none', { reviewId: shown.reviewId });
    const token = newToken();
    desk = grantApproval(terms, token, clock.monotonic());
    const approvedAt = clock.now();
    if (await needsConfirmation(review)) await confirm(review, manner);
    await checkStillTrue(review);
    const claim = redeem(review, absent, token);
    try {
      return await signAndSend(review, approvedAt, manner);
    } finally {
      claim.forEach((each) => claimed.delete(each));
    }
  }

  /** Uses the approval up. From the first question to the claim nothing waits, so nothing can come in between. */
  function redeem(review: KeptReview, absent: readonly Address[], token: string): readonly string[] {
    const { reviewId } = review.shown;
    if (shelf.find(reviewId) !== review) {
      desk = EMPTY_DESK;
      throw new AppError('approval/none', { reviewId });
    }
    if (isPending(review)) throw new AppError('plan/blocked', { reason: 'the same was sent and may still land' });
    // What was pending when this was reviewed may have landed since: the same again would be the second time.
    const { source } = review;
    if (source.kind === 'plan' && reviews.isCarriedOut(source.plan)) throw new AppError('plan/stale', {});
    if (hasEnded(review)) throw new AppError('handed/ended', {});
    const terms = termsOf(review, absent, connections.current().genesisHash);
    const redemption = redeemApproval(desk, token, terms, clock.monotonic());
    desk = redemption.desk;
    if (redemption.kind === 'refused') throw redemption.error;
    const claim = claimOf(review);
    claim.forEach((each) => claimed.add(each));
    return claim;
  }

  /** V6: nothing is signed for one cluster and sent to another. */
  async function checkNetwork(reviewed: string): Promise<void> {
    const found = await connections.current().node.readGenesisHash();
    if (found !== reviewed) throw new AppError('network/changed', { expected: reviewed, found });
  }

  async function checkStillTrue(review: KeptReview): Promise<void> {
    const { lifetime, source } = review;
    if (lifetime.kind === 'blockhash') {
      const height = await connections.current().node.readBlockHeight();
      if (height + BLOCKS_NEEDED > lifetime.lastValidBlockHeight) throw new AppError('plan/lapsed', {});
    }
    const isTrue =
      source.kind === 'plan' ? await reviews.stillAsks(review, source) : await bytesReviews.stillLives(review);
    if (!isTrue) throw new AppError('plan/stale', {});
  }

  /** What nobody else may sign for at the same time: its subject, and the nonce it lives by. */
  function claimOf({ subject, shown, lifetime }: KeptReview): readonly string[] {
    const { genesisHash } = shown.network;
    const claim = [`${genesisHash} ${subject}`];
    return lifetime.kind === 'nonce' ? [...claim, `${genesisHash} lives by ${lifetime.account}`] : claim;
  }

  function isPending(review: KeptReview): boolean {
    const { subject, shown, lifetime, source } = review;
    if (claimOf(review).some((each) => claimed.has(each))) return true;
    const transactionId = source.kind === 'bytes' ? source.transactionId : undefined;
    return rivalOf(book, { genesisHash: shown.network.genesisHash, subject, lifetime, transactionId }) !== undefined;
  }

  /** What is in the journal already may have come to its end while it was read. */
  function hasEnded({ source }: KeptReview): boolean {
    const id = source.kind === 'bytes' ? source.transactionId : undefined;
    return id !== undefined && book.find(id).end !== undefined;
  }

  /** Every keyfile needs a yes in a window no page can reach, but for the demo key on the app's own practice network. */
  async function needsConfirmation({ shown }: KeptReview): Promise<boolean> {
    if (shown.network.cluster !== 'practice') return true;
    const keys = await Promise.all(shown.slots.filter(isKeyfile).map(({ address }) => signers.keyFor(address)));
    return !keys.every((key) => key?.demo);
  }

  async function confirm(review: KeptReview, manner: Pick<Manner, 'repeated' | 'absent'>): Promise<void> {
    if (!(await dialogs.confirm(confirmationOf(review, manner)))) throw new AppError('plan/declined', {});
  }

  /** In the order of the signers. What is not made now stays 64 zero bytes. */
  function signaturesFor(
    { shown, message, given, freshAccount }: KeptReview,
    { passphrases = [], absent = [] }: Manner,
  ): Promise<Uint8Array[]> {
    const { messageHash } = shown.review;
    const now = new Set(signingNow(shown.slots, absent));
    return Promise.all(
      shown.review.signers.map(async ({ address }, index) => {
        if (!now.has(address)) return given[index] ?? new Uint8Array(SIGNATURE_BYTES);
        if (address === freshAccount) return plans.signFresh(address, message, messageHash);
        const passphrase = passphrases.find((each) => each.address === address)?.passphrase;
        return signers.sign(address, message, messageHash, passphrase);
      }),
    );
  }

  async function signAndSend(review: KeptReview, approvedAt: number, manner: Manner): Promise<string> {
    const { source } = review;
    const wire = encodeTransaction(await signaturesFor(review, manner), review.message);
    const id = source.kind === 'bytes' && source.transactionId !== undefined ? source.transactionId : newId();
    if (source.kind === 'bytes' && source.transactionId !== undefined) {
      await book.writeSignatures(id, wire);
      sending.nudge(id);
    } else {
      await book.writeSigned(entryOf(review, { id, wire, approvedAt }));
      sending.launch(id);
    }
    shelf.drop(review);
    return id;
  }

  return {
    /**
     * Signs and sends exactly the reviewed bytes, once: approving again finds the same transaction.
     *
     * @throws AppError `approval/…`, `plan/…`, `network/…`, `keyfile/…`, `signer/…`, `journal/…`, `rpc/…`
     */
    async approve({
      reviewId,
      messageHash,
      typed,
      passphrases = [],
      absent,
    }: Approval & Pick<Manner, 'passphrases' | 'absent'>): Promise<{ transactionId: string }> {
      try {
        const earlier = done.get(reviewId);
        if (earlier) return { transactionId: await earlier };
        const review = shelf.find(reviewId);
        if (review?.shown.review.messageHash !== messageHash) throw new AppError('approval/not-reviewed', { reviewId });
        const id = approve(review, typed, { passphrases, absent });
        done.set(reviewId, id);
        // What was refused can be approved again, as long as the review stands.
        id.catch(() => done.delete(reviewId));
        return { transactionId: await id };
      } finally {
        for (const { passphrase } of passphrases) passphrase.fill(0);
      }
    },

    /**
     * The same for a tick, with leave to sign as many more like it: see `signAnother`.
     *
     * @throws AppError `ticker/…`, and as `approve`
     */
    async approveRepeated({ reviewId, messageHash, typed }: Approval, terms: TickerTerms): Promise<RepeatedApproval> {
      const review = shelf.find(reviewId);
      if (review?.shown.review.messageHash !== messageHash || done.has(reviewId)) {
        throw new AppError('approval/not-reviewed', { reviewId });
      }
      checkRepeatable(review);
      const approvedAt = clock.now();
      const transactionId = approve(review, typed, { repeated: terms });
      done.set(reviewId, transactionId);
      transactionId.catch(() => done.delete(reviewId));
      return { review, approvedAt, transactionId: await transactionId, left: terms.count - 1 };
    },

    /**
     * Signs and sends a tick like the approved one.
     *
     * @throws AppError `approval/other-bytes` for bytes that differ in more than the blockhash, `approval/none` when all are
     * used up, `network/…`, `keyfile/…`, `signer/…`, `journal/…`
     */
    async signAnother(
      approval: RepeatedApproval,
      { message, lifetime }: Pick<KeptReview, 'message' | 'lifetime'>,
    ): Promise<string> {
      const { review, approvedAt } = approval;
      const { reviewId, network } = review.shown;
      if (!isSameButBlockhash(review.message, message)) throw new AppError('approval/other-bytes', { reviewId });
      await checkNetwork(network.genesisHash);
      // From here to the claim nothing waits, so nothing can come in between.
      if (approval.left <= 0) throw new AppError('approval/none', { reviewId });
      if (isPending(review)) throw new AppError('plan/blocked', { reason: 'the same was sent and may still land' });
      const claim = claimOf(review);
      claim.forEach((each) => claimed.add(each));
      approval.left -= 1;
      const shown = { ...review.shown, review: { ...review.shown.review, messageHash: messageHashOf(message) } };
      try {
        return await signAndSend({ ...review, message, lifetime, shown }, approvedAt, {});
      } finally {
        claim.forEach((each) => claimed.delete(each));
      }
    },

    /** The page is gone or another network was chosen: a yes given before is worth nothing. */
    forget(): void {
      forgotten += 1;
      desk = EMPTY_DESK;
    },
  };
}

/** Whose signatures a yes makes: those of keys on this machine, but for what is left for later. */
function signingNow(slots: readonly SignerSlot[], absent: readonly Address[]): Address[] {
  return slots
    .filter(({ kind, address }) => kind !== 'signed' && kind !== 'absent' && !absent.includes(address))
    .map(({ address }) => address);
}

/** Why a key that is to sign now cannot; empty: all can. What is left for later hinders nobody. */
function hindranceIn(slots: readonly SignerSlot[], absent: readonly Address[]): string {
  const hindered = slots.find(({ problem, address }) => problem !== '' && !absent.includes(address));
  return hindered ? `${hindered.role}: ${hindered.problem}` : '';
}

/** What the journal keeps of it, before any byte leaves the app. */
function entryOf(
  { shown, source, runId, subject, freshAccount, programs, lifetime, reviewedAt, objections }: KeptReview,
  { id, wire, approvedAt }: { id: string; wire: Uint8Array; approvedAt: number },
): Parameters<JournalBook['writeSigned']>[0] {
  return {
    id,
    planId: source.kind === 'plan' ? source.plan.id : '',
    title: shown.title,
    ...(runId === undefined ? {} : { runId }),
    subject,
    ...(freshAccount === undefined ? {} : { freshAccount }),
    genesisHash: shown.network.genesisHash,
    networkName: shown.network.name,
    programs,
    wire,
    signature: signatureOf(wire),
    messageHash: shown.review.messageHash,
    feePayer: shown.review.feePayer,
    feeLamports: BigInt(shown.review.fee.totalLamports),
    ...lifetimeEntry(lifetime),
    reviewedAt,
    approvedAt,
    overrides: [...objections],
  };
}

/** What the bytes do not say about how long they live. */
function lifetimeEntry(lifetime: KeptReview['lifetime']) {
  if (lifetime.kind === 'blockhash') return { lastValidBlockHeight: lifetime.lastValidBlockHeight };
  return lifetime.seenInSlot === undefined ? {} : { nonceSeenInSlot: lifetime.seenInSlot };
}

const isKeyfile = ({ kind }: SignerSlot) => kind === 'keyfile' || kind === 'encrypted-keyfile';

/** Read from the bytes, not from the request: one tick of the run program and what it bids, signed by keyfiles. */
function checkRepeatable({ shown, programs }: KeptReview): void {
  const { instructions } = shown.review;
  const [instruction, ...others] = instructions.filter(({ program }) => program.address !== COMPUTE_BUDGET_PROGRAM);
  const isTick = instruction?.name === 'tick' && instruction.program.address === programs.coordinator;
  if (!isTick || others.length > 0) throw new AppError('ticker/not-a-tick', {});
  if (shown.slots.some(({ kind }) => kind !== 'keyfile')) throw new AppError('ticker/keyfile-only', {});
}
