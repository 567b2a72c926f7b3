import { AppError } from '#core/errors/app-error.ts';
import type { ProgramIds } from '#core/networks/profile.ts';
import { readNonce } from '#core/nonces/nonce-account.ts';
import type { Clock } from '#core/ports.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { COMPUTE_BUDGET_PROGRAM } from '#core/solana/program-ids.ts';
import { type Lifetime as MessageLifetime, readLifetime } from '#core/solana/nonce.ts';
import type { KeptLifetime } from '#core/transactions/lifetime.ts';
import type { Review } from '#core/transactions/review.ts';
import { summarize } from '#core/transactions/summarize.ts';
import type { ChainNode } from '#main/ports.ts';
import type { Connections, Online } from './connections.ts';
import type { DeployedProgramsBook } from './deployed-programs.ts';
import type { JournalBook } from './journal-book.ts';
import type { KeptReview, ReviewShelf } from './kept-review.ts';
import { blockedBy, concernsRunPrograms, objectionsTo, OVERRIDE_PHRASE, rivalOf, slotsOf } from './review-parts.ts';
import type { SignerBook } from './signer-book.ts';
import { reportOn, tryOut } from './trial.ts';

/** Blocks in which a blockhash is taken. Source: Agave, `MAX_PROCESSING_AGE`. */
const BLOCKHASH_BLOCKS = 150n;

/** Bytes that were there before, and what is known of them besides. */
export type FoundBytes = {
  readonly message: Uint8Array;
  /** Verified, in the order of the signers. */
  readonly given: readonly (Uint8Array | undefined)[];
  /** What the journal says of it, when it is there. */
  readonly journaled:
    | { readonly id: string; readonly title: string; readonly runId: string | undefined; readonly subject: string }
    | undefined;
};

type Deps = {
  readonly connections: Connections;
  readonly signers: SignerBook;
  readonly book: JournalBook;
  readonly shelf: ReviewShelf;
  readonly deployedPrograms: DeployedProgramsBook;
  readonly clock: Clock;
  readonly newId: () => string;
};

export type BytesReviews = ReturnType<typeof createBytesReviews>;

/** Reviews of transactions that this app did not build just now: what they do is read from their bytes, and nothing else is believed. */
export function createBytesReviews(deps: Deps) {
  const { connections, signers, book, shelf, deployedPrograms, clock, newId } = deps;

  async function review({ message, given, journaled }: FoundBytes): Promise<KeptReview> {
    const online = connections.current();
    const { node, profile, genesisHash, cluster } = online;
    const [blockHeight, slot] = await Promise.all([node.readBlockHeight(), node.readSlot()]);
    const [lifetime, trial] = await Promise.all([
      livingLifetime(message, node, blockHeight),
      tryOut(node, message, [], slot),
    ]);
    const { programs } = profile;
    const shown = summarize(message, { own: signers.own(), labels: signers.labels(), programs });
    const runId = journaled?.runId;
    const simulation = reportOn(trial, { review: shown, programs, runId });
    const slots = await slotsOf(shown, signers, { given, freshAccount: undefined, roles: [] });
    const notices = await noticesFor(online, shown, runId, programs);
    const objections = objectionsTo([], shown, simulation, notices);
    const title = journaled?.title ?? titleOf(shown);
    const subject = journaled?.subject ?? `handed in ${shown.messageHash}`;
    const rival = rivalOf(book, { genesisHash, subject, lifetime, transactionId: journaled?.id });
    const blocked = blockedBy(online, shown, { brokenAt: book.brokenAt, rival });
    return shelf.keep({
      source: { kind: 'bytes', transactionId: journaled?.id },
      message,
      given,
      lifetime,
      subject,
      runId,
      freshAccount: undefined,
      reviewedAt: clock.now(),
      objections,
      programs,
      shown: {
        reviewId: newId(),
        origin: journaled ? 'journal' : 'import',
        title,
        stepNumber: 1,
        steps: [{ title }],
        review: shown,
        feeNote: '',
        checks: [],
        deployed: notices,
        changes: [],
        consequences: [],
        simulation,
        slots,
        network: { name: profile.name, genesisHash, cluster },
        blockHeight,
        ...(lifetime.kind === 'blockhash' ? { lastValidBlockHeight: lifetime.lastValidBlockHeight } : {}),
        typedPhrase: objections.length === 0 ? '' : OVERRIDE_PHRASE,
        blocked: blocked || nothingToSign(slots.map(({ kind }) => kind)),
      },
    });
  }

  function noticesFor(online: Online, shown: Review, runId: string | undefined, programs: ProgramIds) {
    return concernsRunPrograms(runId, shown, programs) ? deployedPrograms.noticesFor(online) : Promise.resolve([]);
  }

  return {
    /**
     * @throws AppError `handed/expired`, `handed/nonce-moved` for bytes that can never land on the cluster in use, `network/offline`,
     * `message/…`, `rpc/…`
     */
    review,

    /** Whether the cluster would still take the bytes. @throws AppError `network/offline`, `rpc/…` */
    async stillLives({ message }: KeptReview): Promise<boolean> {
      const { node } = connections.current();
      const lifetime = readLifetime(passCanonicalGate(message));
      if (lifetime.kind === 'blockhash') return node.isBlockhashValid(lifetime.blockhash);
      return (await lookAtNonce(lifetime, node)).isHeld;
    },
  };
}

async function livingLifetime(message: Uint8Array, node: ChainNode, blockHeight: bigint): Promise<KeptLifetime> {
  const lifetime = readLifetime(passCanonicalGate(message));
  if (lifetime.kind === 'blockhash') {
    if (!(await node.isBlockhashValid(lifetime.blockhash))) throw new AppError('handed/expired', {});
    // How old it is nobody tells: it lives no longer than the newest would.
    return { ...lifetime, lastValidBlockHeight: blockHeight + BLOCKHASH_BLOCKS };
  }
  const { nonceAccount: account, nonce } = lifetime;
  const { isHeld, slot } = await lookAtNonce(lifetime, node);
  if (!isHeld) throw new AppError('handed/nonce-moved', { account });
  return { kind: 'nonce', account, nonce, seenInSlot: slot };
}

/** Whether the account still holds the value, and in which slot it was looked at. */
async function lookAtNonce({ nonceAccount, nonce }: Extract<MessageLifetime, { kind: 'nonce' }>, node: ChainNode) {
  const { slot, accounts } = await node.readAccounts([nonceAccount]);
  const found = readNonce(accounts[0]);
  return { isHeld: found.kind === 'initialised' && found.nonce === nonce, slot };
}

/** What it does first, and how much else there is. */
function titleOf({ instructions, lifetime }: Review): string {
  const telling = instructions.filter(
    ({ program }, index) => program.address !== COMPUTE_BUDGET_PROGRAM && !(lifetime.kind === 'nonce' && index === 0),
  );
  const [first, ...others] = telling;
  if (!first) return 'A transaction that does nothing';
  return others.length === 0 ? first.title : `${first.title}, and ${others.length} more`;
}

function nothingToSign(kinds: readonly string[]): string {
  const isHelpless = kinds.includes('absent') && kinds.every((kind) => kind === 'absent' || kind === 'signed');
  return isHelpless ? 'None of its missing signatures can be made on this machine' : '';
}
