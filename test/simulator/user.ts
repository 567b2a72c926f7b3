import { isAppError, messageOf } from '#core/errors/app-error.ts';
import type { JournaledTransaction } from '#core/journal/entry.ts';
import { missingSigners } from '#core/journal/wire-signatures.ts';
import type { Address } from '#core/solana/address.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import type { Machine } from './machine.ts';
import type { UserFault, World } from './world.ts';

/** Tries before somebody leaves it for another day. */
const MOST_TRIES = 12;

/** Somebody who wants one thing done once, at one running app, and believes what the app says. */
export type User = { readonly isDone: () => boolean; readonly errors: readonly string[] };

/** Begins to act as soon as the app is open. */
export function startUser(world: World, machine: Machine): User {
  const { random } = machine;
  let isDone = false;
  const errors: string[] = [];
  const does = (fault: UserFault): boolean => {
    if (!random.chance(world.rates()[fault] ?? 0)) return false;
    world.count(fault);
    return true;
  };

  /** What the app says in its own words; anything else is a defect. */
  function hear(cause: unknown): void {
    if (!isAppError(cause)) {
      world.violate('typed errors', String(cause instanceof Error ? cause.stack : cause));
      return;
    }
    const { happened, remedy } = messageOf(cause.code, cause.params as never);
    if (happened === '' || remedy === '') world.violate('typed errors', `${cause.code} has no words`);
    errors.push(cause.code);
    world.note(`told ${cause.code}`);
  }

  async function act(): Promise<void> {
    const services = machine.services;
    if (!services) return;
    const { book, handed, plans, reviews, approvals, connections } = services;
    const isGood = (end: JournaledTransaction['end']) => end?.outcome.kind === 'confirmed';
    const isConfirmed = () => book.all().some(({ end }) => isGood(end));
    await untilOnline();
    let plan = await plans.begin(world.request);
    for (let tries = 0; tries < MOST_TRIES;) {
      if (isConfirmed()) return;
      const open = book.inFlight();
      const isOpen = open.length > 0;
      const unsigned = open.find(({ signed }) => missingSigners(signed.wire).length > 0);
      if (unsigned) {
        tries += 1;
        await signTheRest(unsigned.signed.id).catch(hear);
        await machine.sleep(500 + random.int(2000));
        continue;
      }
      if (isOpen && !does('impatient')) {
        await machine.sleep(1000 + random.int(2000));
        continue;
      }
      if (does('endpoint switched')) {
        await connections.activate(random.pick(['profile-1', 'profile-2'])).catch(hear);
        await untilOnline();
      }
      if (!isOpen && does('another plan')) plan = await plans.begin(world.request);
      tries += 1;
      try {
        const review = await reviews.reviewNext(plan);
        if (!review) {
          // It says that all of the plan took effect.
          if (!isConfirmed()) plan = await plans.begin(world.request);
          continue;
        }
        await machine.sleep(does('slow reader') ? random.int(60_000) : 300);
        // Nobody says yes to a second plan when the list of transactions shows the first as done; of one plan the app must know.
        const isDoneBefore = book.all().some(({ signed, end }) => isGood(end) && signed.planId !== plan.id);
        if (review.shown.blocked === '' && !isDoneBefore) await click(review.shown, world.signsLater);
      } catch (cause) {
        hear(cause);
      }
      await machine.sleep(500 + random.int(4000));
    }

    /** Nobody asks for a review while the header says that there is no connection; not for ever, though. */
    async function untilOnline(): Promise<void> {
      for (let looks = 0; looks < 20 && connections.status().kind !== 'online'; looks += 1) await machine.sleep(500);
    }

    async function signTheRest(id: string): Promise<void> {
      const shown = await handed.signRest(id);
      await machine.sleep(300);
      if (shown.blocked === '') await click(shown);
    }

    async function click(
      { reviewId, review: { messageHash }, typedPhrase }: ReviewedStep,
      absent: readonly Address[] = [],
    ): Promise<void> {
      world.noteApproved(messageHash);
      const times = does('double click') ? 2 + random.int(2) : 1;
      const clicks = Array.from({ length: times }, async (_, index) => {
        if (index > 0) await machine.sleep(random.int(1500));
        return approvals.approve({ reviewId, messageHash, typed: typedPhrase, absent });
      });
      for (const result of await Promise.allSettled(clicks)) if (result.status === 'rejected') hear(result.reason);
    }
  }

  machine.ready.then(act).then(
    () => {
      isDone = true;
    },
    (cause: unknown) => {
      hear(cause);
      // An app that does not open is started again by hand.
      machine.die();
    },
  );
  return { isDone: () => isDone, errors };
}
