import { sha256 } from '@noble/hashes/sha2.js';
import { base58, base64 } from '@scure/base';
import { isAppError } from '#core/errors/app-error.ts';
import type { JournalEntry } from '#core/journal/entry.ts';
import { foldEntries } from '#core/journal/fold-entries.ts';
import { missingSigners } from '#core/journal/wire-signatures.ts';
import { SIGNATURE_BYTES } from '#core/solana/canonical-gate.ts';
import { decodeTransaction, encodeTransaction } from '#core/solana/transaction.ts';
import { APPROVAL_LIFETIME_MS } from '#core/transactions/approval.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import { EDGES, type TransactionState } from '#core/transactions/states.ts';
import type { Happening, Step } from './approval-steps.ts';
import {
  NONCES,
  PEOPLE,
  REQUESTS,
  areSignaturesTrue,
  createSigningDesk,
  signatureBy,
  type SignOrder,
} from './signing-desk.ts';

type Approve = Extract<Step, { kind: 'approve' }>;

/** A review as the page has it. */
type Shown = {
  readonly step: ReviewedStep;
  /** What it was made from: the plan’s number, or the message. */
  readonly of: string;
  state: TransactionState;
  isCurrent: boolean;
  /** How often anything had changed when it was made. */
  readonly revision: number;
};

/** A yes that is being carried out. */
type Attempt = {
  readonly shown: Shown;
  readonly hash: string;
  readonly absent: readonly string[];
  grantedAt: number | undefined;
  windowId: number;
  isAnswered: boolean;
  isDead: boolean;
  readonly signedBy: Set<string>;
};

/** How often each ending was met: `signed`, or the code of the refusal. */
export type Endings = Map<string, number>;

/**
 * The app and a model of what it may do, side by side. Throws at once when a signature is made that the model does not allow
 * (V1, V2), when a state moves along no drawn edge (V12), when two transactions about the same are in flight, or when a yes
 * with nothing against it is refused.
 */
export function createApprovalSession(endings: Endings) {
  const desk = createSigningDesk();
  const { scene } = desk;
  const plans: { readonly id: string }[] = [];
  const shown: Shown[] = [];
  const attempts: Attempt[] = [];
  const states = new Map<string, TransactionState>();
  const ended = new Set<string>();
  let revision = 0;
  let signatures = 0;

  const count = (ending: string) => endings.set(ending, (endings.get(ending) ?? 0) + 1);

  scene.onToken = () => {
    const attempt = attempts.at(-1);
    if (!attempt) throw new Error('a token without an approval');
    for (const other of attempts) other.isDead = true;
    attempt.isDead = false;
    attempt.grantedAt = scene.ms;
    attempt.windowId = scene.windowId;
    if (attempt.shown.state === 'reviewed') attempt.shown.state = move('reviewed', 'approved');
  };

  scene.onSign = (order) => {
    signatures += 1;
    const breach = breachOf(order);
    if (breach !== undefined) throw new Error(breach);
  };

  function breachOf({ message, messageHash, expected }: SignOrder): string | undefined {
    const hash = base58.encode(sha256(message));
    if (hash !== messageHash) return 'V1: the hash is not of the bytes';
    const attempt = attempts.findLast((each) => each.shown.step.review.messageHash === hash && !each.isDead);
    if (attempt?.grantedAt === undefined) return 'V2: no approval is alive';
    const { step } = attempt.shown;
    if (base64.encode(message) !== step.review.messageBase64) return 'V1: other bytes than shown';
    if (attempt.hash !== hash) return 'V1: another hash was approved';
    if (!attempt.isAnswered) return 'V2: the question was not answered';
    if (scene.ms - attempt.grantedAt >= APPROVAL_LIFETIME_MS) return 'V2: the approval is too old';
    if (scene.windowId !== attempt.windowId) return 'V2: given in another window';
    if (scene.connected !== step.network.genesisHash) return 'V6: another network';
    if (!attempt.shown.isCurrent) return 'V2: there is a newer review, or none';
    if (attempt.signedBy.has(expected)) return 'V2: one approval signs twice';
    if (attempt.absent.includes(expected)) return 'V2: a signature that was left for later';
    if (!step.slots.some(({ address, kind }) => address === expected && kind === 'keyfile')) return 'V2: no slot';
    attempt.signedBy.add(expected);
    if (attempt.shown.state === 'approved') attempt.shown.state = move('approved', 'signing');
    return undefined;
  }

  scene.onEntry = (entry) => {
    revision += 1;
    const before = states.get(entry.id);
    states.set(entry.id, nextState(before, entry));
    if (entry.event === 'signed') checkAlone(entry);
    if (entry.event !== 'signed' && entry.event !== 'signatures') return;
    if (!areSignaturesTrue(entry.wire)) throw new Error('a signature over other bytes');
    const attempt = attempts.findLast(({ shown: { state } }) => state === 'signing');
    if (attempt) attempt.shown.state = move('signing', signedState(entry.wire));
  };

  /** V3: what is about the same flies alone. */
  function checkAlone({ subject, genesisHash }: Extract<JournalEntry, { event: 'signed' }>): void {
    const rivals = desk.book
      .inFlight()
      .filter(({ signed }) => signed.subject === subject && signed.genesisHash === genesisHash);
    if (rivals.length > 0) throw new Error(`V3: “${subject}” is in flight already`);
  }

  /** V4: what was signed is in the journal, whatever else came there meanwhile. */
  function checkKept({ signedBy }: Attempt, id: string): void {
    const missing = missingSigners(desk.book.find(id).signed.wire);
    if (missing.some((address) => signedBy.has(address))) throw new Error('V4: a signature is in no journal');
  }

  /** The journal reads as what the app believes, now and after a restart. */
  function checkJournal(): void {
    const { transactions, misunderstoodAt } = foldEntries(desk.payloads);
    if (misunderstoodAt !== undefined) throw new Error(`record ${misunderstoodAt} of the journal is not understood`);
    const states = [...transactions.values()].map(({ signed, end }) => [
      signed.id,
      base64.encode(signed.wire),
      end?.at,
    ]);
    const believed = desk.book.all().map(({ signed, end }) => [signed.id, base64.encode(signed.wire), end?.at]);
    if (JSON.stringify(states) !== JSON.stringify(believed)) throw new Error('the journal says something else');
  }

  function keep(step: ReviewedStep, of: string): void {
    for (const other of shown) if (other.of === of) retire(other);
    shown.push({ step, of, state: move('draft', 'reviewed'), isCurrent: true, revision });
  }

  function retire(each: Shown): void {
    each.isCurrent = false;
    if (each.state === 'approved') each.state = move('approved', 'reviewed');
    if (each.state === 'reviewed') each.state = move('reviewed', 'draft');
  }

  /** Does something that may be refused in words, but in no other way. */
  async function attemptTo<T>(what: string, work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!isAppError(error)) throw error;
      count(`${what}: ${error.code}`);
      return undefined;
    }
  }

  async function review(which: number): Promise<void> {
    const plan = newest(plans, which);
    if (!plan) return;
    const kept = await attemptTo('review', async () => desk.reviews.reviewNext(desk.plans.find(plan.id)));
    if (kept) keep(kept.shown, plan.id);
  }

  const pending = () => desk.book.inFlight().map(({ signed }) => signed);
  const partly = () => pending().filter(({ wire }) => missingSigners(wire).length > 0);

  async function reviewRest(which: number): Promise<void> {
    const waiting = partly();
    const signed = newest(waiting, which);
    if (!signed) return;
    const step = await attemptTo('review the rest', () => desk.handed.signRest(signed.id));
    if (step) keep(step, `message ${signed.messageHash}`);
  }

  async function approve(event: Approve): Promise<void> {
    const target = newest(shown, event.which);
    if (!target) return;
    const { step } = target;
    const signable = step.slots.flatMap(({ kind, address }) => (kind === 'keyfile' ? [address] : []));
    const absent = event.isLeavingOne ? signable.slice(0, 1) : [];
    const attempt: Attempt = {
      shown: target,
      hash: hashFor(event, target),
      absent,
      grantedAt: undefined,
      windowId: scene.windowId,
      isAnswered: false,
      isDead: false,
      signedBy: new Set(),
    };
    const isOpen = attempts.some((each) => each.shown === target);
    const mustSucceed = isPlain(event, target);
    const click = async () => {
      const { transactionId } = await desk.approvals.approve({
        reviewId: step.reviewId,
        messageHash: attempt.hash,
        typed: event.isPhraseTyped ? step.typedPhrase : 'yes',
        absent,
      });
      return transactionId;
    };
    if (isOpen) {
      // A click into an open dialog waits for the answer to it; what becomes of it is that one’s business.
      void click().catch(() => undefined);
      return;
    }
    const outer = scene.onConfirm;
    scene.onConfirm = async () => {
      for (const each of event.meanwhile) await run(each);
      attempt.isAnswered = event.says;
      return event.says;
    };
    const outerWait = scene.whileWaiting;
    const coming = [...event.afterwards];
    const arriving: Promise<void>[] = [];
    // Nobody waits for what happens meanwhile, least of all the disk.
    scene.whileWaiting = async () => {
      // All signatures of one approval are asked for at once.
      await Promise.resolve();
      const next = coming.shift();
      if (next) arriving.push(happen(next));
    };
    attempts.push(attempt);
    try {
      const ids = await Promise.all(Array.from({ length: event.clicks }, click));
      if (new Set(ids).size !== 1) throw new Error('V3: one review became two transactions');
      checkKept(attempt, ids[0] ?? '');
      count('approve: signed');
    } catch (error) {
      if (!isAppError(error)) throw error;
      if (mustSucceed) throw new Error(`a yes with nothing against it ended in ${error.code}`, { cause: error });
      count(`approve: ${error.code}`);
      if (target.state === 'approved' || target.state === 'signing') target.state = move(target.state, 'reviewed');
    } finally {
      attempt.isDead = true;
      attempts.splice(attempts.indexOf(attempt), 1);
      scene.onConfirm = outer;
      scene.whileWaiting = outerWait;
      await Promise.all(arriving);
    }
  }

  function hashFor({ hash, which }: Approve, { step }: Shown): string {
    if (hash === 'nonsense') return 'nonsense';
    const other = hash === 'of another' ? newest(shown, which + 1) : undefined;
    return (other?.step ?? step).review.messageHash;
  }

  /** Nothing was wrong, nothing happened since, and nothing happens now. */
  function isPlain({ hash, isPhraseTyped, says, meanwhile, afterwards }: Approve, each: Shown): boolean {
    const { blocked, network } = each.step;
    if (afterwards.length > 0) return false;
    const isSame = each.revision === revision && each.isCurrent && each.state === 'reviewed';
    const isHome = scene.connected === network.genesisHash && scene.answering === network.genesisHash;
    const isAgreed = hash === 'shown' && isPhraseTyped && says && meanwhile.length === 0 && attempts.length === 0;
    return isSame && isHome && isAgreed && blocked === '' && scene.isSignerWell;
  }

  async function happen(event: Happening): Promise<void> {
    switch (event.kind) {
      case 'time passes':
        scene.ms += event.ms;
        return;
      case 'blocks pass':
        scene.height += BigInt(event.count);
        scene.slot += BigInt(event.count);
        break;
      case 'another network is chosen':
        scene.connected = otherOf(scene.connected);
        scene.answering = scene.connected;
        break;
      case 'another cluster answers':
        scene.answering = otherOf(scene.answering);
        break;
      case 'another window asks':
        scene.windowId += 1;
        break;
      case 'the page is gone':
        desk.approvals.forget();
        for (const attempt of attempts) attempt.isDead = true;
        break;
      case 'somebody pays in':
        change(NONCES.ofHolder, (data) => data, 1n);
        break;
      case 'the nonce moves':
        change(NONCES.forLife, (data) => data.with(40, ((data[40] ?? 0) + 1) % 256), 0n);
        break;
      case 'the signing child fails':
        scene.isSignerWell = !scene.isSignerWell;
        break;
      case 'another signature arrives':
        await receive(event.which);
        break;
      case 'a transaction ends':
        await end(event.which, event.how);
        break;
    }
    revision += 1;
  }

  function change(address: typeof NONCES.ofHolder, edit: (data: Uint8Array) => Uint8Array, lamports: bigint): void {
    const account = desk.accounts.get(address);
    if (account) {
      desk.accounts.set(address, { ...account, data: edit(account.data), lamports: account.lamports + lamports });
    }
  }

  /** The one whose key is elsewhere signs what waits for it. */
  async function receive(which: number): Promise<void> {
    const { outsider } = PEOPLE;
    const waiting = partly().filter(({ wire }) => missingSigners(wire).includes(outsider.address));
    const signed = newest(waiting, which);
    if (!signed) return;
    const { message, messageBytes } = decodeTransaction(signed.wire);
    const signing = message.staticKeys.slice(0, message.header.requiredSignatures);
    const theirs = signing.map((key) =>
      key === outsider.address ? signatureBy(outsider, messageBytes) : new Uint8Array(SIGNATURE_BYTES),
    );
    const text = base64.encode(encodeTransaction(theirs, messageBytes));
    // A second click adds nothing, and breaks nothing.
    const add = () => attemptTo('another signature', () => desk.handed.addSignatures(signed.id, text));
    await Promise.all([add(), add()]);
    count('another signature: added');
  }

  async function end(which: number, how: 'confirmed' | 'expired' | 'nonce-used'): Promise<void> {
    const flying = pending();
    const signed = newest(flying, which);
    if (!signed) return;
    const isWhole = missingSigners(signed.wire).length === 0;
    if ((!isWhole && how === 'confirmed') || ended.has(signed.id)) return;
    ended.add(signed.id);
    if (isWhole) await desk.book.writeSent(signed.id);
    const { signature } = signed;
    const outcome = how === 'confirmed' ? { kind: how, slot: scene.slot, signature } : { kind: how };
    await desk.book.writeEnded(signed.id, outcome);
    count(`ended: ${how}`);
  }

  async function run(step: Step): Promise<void> {
    switch (step.kind) {
      case 'begin':
        plans.push(await desk.plans.begin(REQUESTS[step.request % REQUESTS.length] as (typeof REQUESTS)[number]));
        await review(0);
        return;
      case 'review':
        return review(step.which);
      case 'review the rest':
        return reviewRest(step.which);
      case 'give up': {
        const plan = newest(plans, step.which);
        if (!plan) return;
        await desk.plans.discard(plan.id);
        for (const each of shown) if (each.of === plan.id) retire(each);
        return;
      }
      case 'approve':
        return approve(step);
      default:
        return happen(step);
    }
  }

  return { run, checkJournal, signatures: () => signatures };
}

/** Along a drawn edge; what the app itself refuses in words is a defect here. */
function move(from: TransactionState, to: TransactionState): TransactionState {
  if (!EDGES[from].includes(to)) throw new Error(`V12: from ${from} to ${to}`);
  return to;
}

/** The last of a list, or one so many places before it. */
function newest<T>(list: readonly T[], places: number): T | undefined {
  return list.length === 0 ? undefined : list[list.length - 1 - (places % list.length)];
}

function otherOf(cluster: string): string {
  return cluster === 'cluster one' ? 'cluster two' : 'cluster one';
}

function signedState(wire: Uint8Array): TransactionState {
  return missingSigners(wire).length === 0 ? 'signed' : 'partly-signed';
}

/** A transaction moves along the drawn edges, or this throws. */
function nextState(before: TransactionState | undefined, entry: JournalEntry): TransactionState {
  switch (entry.event) {
    case 'signed':
      if (before !== undefined) throw new Error('V12: signed twice');
      return signedState(entry.wire);
    case 'signatures':
      return move(move(before ?? 'draft', 'signing'), signedState(entry.wire));
    case 'sent':
      return move(before ?? 'draft', 'sent');
    case 'exported':
      return move(before ?? 'draft', 'exported');
    case 'ended':
      return move(before ?? 'draft', entry.outcome.kind);
    case 'noted':
      return before ?? 'draft';
  }
}
