import { AppError } from '#core/errors/app-error.ts';
import type { Clock } from '#core/ports.ts';
import type { TickerTerms } from '#core/runs/ticker-status.ts';
import type { Address } from '#core/solana/address.ts';
import { messageHashOf } from '#core/solana/message-hash.ts';
import { COMPUTE_BUDGET_PROGRAM } from '#core/solana/program-ids.ts';
import { encodeTransaction, formatSignature } from '#core/solana/transaction.ts';
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
import { confirmationOf } from './confirmation.ts';
import type { Connections } from './connections.ts';
import type { JournalBook } from './journal-book.ts';
import type { Plans } from './plans.ts';
import type { KeptReview, Reviews } from './reviews.ts';
import type { Sending } from './sending.ts';
import type { SignerBook } from './signer-book.ts';

/** Blocks that must be left for the bytes to land in. */
const BLOCKS_NEEDED = 10n;

type Deps = {
  readonly reviews: Reviews;
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
  const { reviews, plans, signers, connections, book, sending, dialogs, clock, newId, newToken, windowId } = deps;
  let desk: ApprovalDesk = EMPTY_DESK;
  /** Reviews that were approved: asking again finds the same transaction. */
  const done = new Map<string, Promise<string>>();
  /** Genesis hash and subject of what is being signed and not in the journal yet. */
  const claimed = new Set<string>();

  const termsOf = ({ shown }: KeptReview, genesisHash: string): ApprovalTerms => ({
    reviewId: shown.reviewId,
    messageHash: shown.review.messageHash,
    signers: shown.review.signers.map(({ address }) => address),
    genesisHash,
    windowId: windowId(),
  });

  async function approve(
    review: KeptReview,
    typed: string,
    { repeated, passphrases = [] }: { repeated?: TickerTerms; passphrases?: Passphrases },
  ): Promise<string> {
    const { shown } = review;
    if (shown.blocked !== '') throw new AppError('plan/blocked', { reason: shown.blocked });
    if (shown.typedPhrase !== '' && shown.typedPhrase !== typed.trim())
      throw new AppError('plan/phrase', { phrase: shown.typedPhrase });
    await checkNetwork(shown.network.genesisHash);
    const token = newToken();
    desk = grantApproval(termsOf(review, shown.network.genesisHash), token, clock.monotonic());
    const approvedAt = clock.now();
    if (await needsConfirmation(review)) await confirm(review, repeated);
    await checkStillTrue(review);
    const claim = redeem(review, token);
    try {
      return await signAndSend(review, approvedAt, passphrases);
    } finally {
      claimed.delete(claim);
    }
  }

  /** Uses the approval up. From the first question to the claim nothing waits, so nothing can come in between. */
  function redeem(review: KeptReview, token: string): string {
    const { reviewId } = review.shown;
    if (reviews.find(reviewId) !== review) {
      desk = EMPTY_DESK;
      throw new AppError('approval/none', { reviewId });
    }
    if (isPending(review)) throw new AppError('plan/blocked', { reason: 'the same was sent and may still land' });
    const terms = termsOf(review, connections.current().genesisHash);
    const redemption = redeemApproval(desk, token, terms, clock.monotonic());
    desk = redemption.desk;
    if (redemption.kind === 'refused') throw redemption.error;
    const claim = claimOf(review);
    claimed.add(claim);
    return claim;
  }

  /** V6: nothing is signed for one cluster and sent to another. */
  async function checkNetwork(reviewed: string): Promise<void> {
    const found = await connections.current().node.readGenesisHash();
    if (found !== reviewed) throw new AppError('network/changed', { expected: reviewed, found });
  }

  async function checkStillTrue(review: KeptReview): Promise<void> {
    const height = await connections.current().node.readBlockHeight();
    if (height + BLOCKS_NEEDED > review.lifetime.lastValidBlockHeight) throw new AppError('plan/lapsed', {});
    if (!(await reviews.stillHolds(review))) throw new AppError('plan/stale', {});
  }

  const claimOf = ({ subject, shown }: KeptReview) => `${shown.network.genesisHash} ${subject}`;

  function isPending(review: KeptReview): boolean {
    const { subject, shown } = review;
    const { genesisHash } = shown.network;
    if (claimed.has(claimOf(review))) return true;
    return book.inFlight().some(({ signed }) => signed.subject === subject && signed.genesisHash === genesisHash);
  }

  /** Every keyfile needs a yes in a window no page can reach, but for the demo key on the app's own practice network. */
  async function needsConfirmation({ shown }: KeptReview): Promise<boolean> {
    if (shown.network.cluster !== 'practice') return true;
    const keys = await Promise.all(shown.slots.filter(isKeyfile).map(({ address }) => signers.keyFor(address)));
    return !keys.every((key) => key?.demo);
  }

  async function confirm(review: KeptReview, repeated: TickerTerms | undefined): Promise<void> {
    if (!(await dialogs.confirm(confirmationOf(review, repeated)))) throw new AppError('plan/declined', {});
  }

  async function signAndSend(review: KeptReview, approvedAt: number, passphrases: Passphrases): Promise<string> {
    const { shown, message, freshAccount } = review;
    const { messageHash } = shown.review;
    const signatures = await Promise.all(
      shown.review.signers.map(({ address }) => {
        if (address === freshAccount) return plans.signFresh(address, message, messageHash);
        const passphrase = passphrases.find((each) => each.address === address)?.passphrase;
        return signers.sign(address, message, messageHash, passphrase);
      }),
    );
    const wire = encodeTransaction(signatures, message);
    const id = newId();
    await book.writeSigned({
      id,
      planId: review.plan.id,
      title: shown.title,
      ...(review.runId === undefined ? {} : { runId: review.runId }),
      subject: review.subject,
      ...(freshAccount === undefined ? {} : { freshAccount }),
      genesisHash: shown.network.genesisHash,
      networkName: shown.network.name,
      programs: review.programs,
      wire,
      signature: formatSignature(signatures[0] ?? new Uint8Array()),
      messageHash,
      feePayer: shown.review.feePayer,
      feeLamports: BigInt(shown.review.fee.totalLamports),
      lastValidBlockHeight: review.lifetime.lastValidBlockHeight,
      reviewedAt: review.reviewedAt,
      approvedAt,
      overrides: [...review.objections],
    });
    reviews.drop(review.plan.id);
    sending.launch(id);
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
    }: Approval & { passphrases?: Passphrases | undefined }): Promise<{ transactionId: string }> {
      try {
        const earlier = done.get(reviewId);
        if (earlier) return { transactionId: await earlier };
        const review = reviews.find(reviewId);
        if (review?.shown.review.messageHash !== messageHash) throw new AppError('approval/not-reviewed', { reviewId });
        const id = approve(review, typed, { passphrases });
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
      const review = reviews.find(reviewId);
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
      claimed.add(claim);
      approval.left -= 1;
      const shown = { ...review.shown, review: { ...review.shown.review, messageHash: messageHashOf(message) } };
      try {
        return await signAndSend({ ...review, message, lifetime, shown }, approvedAt, []);
      } finally {
        claimed.delete(claim);
      }
    },

    /** The page is gone or another network was chosen: a yes given before is worth nothing. */
    forget(): void {
      desk = EMPTY_DESK;
    },
  };
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
