import { describe, expect, test } from 'vitest';
import type { OperationRequest } from '#core/operations/request.ts';
import { parseAddress } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { Journal, Keyfiles } from '#main/ports.ts';
import { createJournalBook } from './journal-book.ts';
import { createPlans } from './plans.ts';

const FRESH = parseAddress('4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7');
const REQUEST: OperationRequest = {
  operation: { kind: 'set-paused', runId: 'atlas', paused: true },
  signers: { payer: SYSTEM_PROGRAM, authority: SYSTEM_PROGRAM, joinAuthority: SYSTEM_PROGRAM },
};

function createScene() {
  const scene = { made: 0, removed: [] as string[], discarded: [] as string[] };
  const forbidden = (name: string) => () => {
    throw new Error(`${name} should not be called`);
  };
  const keyfiles: Keyfiles = {
    look: forbidden('look'),
    sign: forbidden('sign'),
    encrypt: forbidden('encrypt'),
    make: forbidden('make'),
    outsideOf: forbidden('outsideOf'),
    async create() {
      scene.made += 1;
      await new Promise((resolve) => setImmediate(resolve));
      return { address: FRESH, path: `/fresh/${FRESH}.json` };
    },
    remove: async (path) => void scene.removed.push(path),
  };
  const journal: Journal = {
    takePayloads: () => [],
    brokenAt: undefined,
    append: forbidden('append'),
    readRecords: forbidden('readRecords'),
  };
  let ids = 0;
  const plans = createPlans({
    keyfiles,
    book: createJournalBook(journal, { now: () => 0, monotonic: () => 0 }, () => undefined),
    freshFolder: '/fresh',
    listFresh: async () => [],
    newId: () => String((ids += 1)),
    onDiscarded: (id) => scene.discarded.push(id),
  });
  return { scene, plans };
}

describe('a plan', () => {
  test('gets one key for its new account, also when two reviews ask at the same time', async () => {
    const { plans, scene } = createScene();
    const plan = await plans.begin(REQUEST);
    await Promise.all([plans.freshAccountOf(plan), plans.freshAccountOf(plan)]);
    await plans.freshAccountOf(plan);
    expect(scene.made).toBe(1);
  });

  test('given up while its key is being made leaves no key behind', async () => {
    const { plans, scene } = createScene();
    const plan = await plans.begin(REQUEST);
    const making = plans.freshAccountOf(plan);
    await plans.discard(plan.id);
    await making;
    expect(scene.removed).toEqual([`/fresh/${FRESH}.json`]);
  });

  test('that makes room for a newer one is given up with everything that hangs on it', async () => {
    const { plans, scene } = createScene();
    const oldest = await plans.begin(REQUEST);
    for (let count = 0; count < 50; count += 1) await plans.begin(REQUEST);
    expect(scene.discarded).toEqual([oldest.id]);
    expect(() => plans.find(oldest.id)).toThrow(expect.objectContaining({ code: 'plan/unknown' }));
  });
});
