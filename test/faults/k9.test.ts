import { reviewed, reviewedRest, yesTo } from '#test/signing/desk-steps.ts';
import { EventEmitter } from 'node:events';
import { ed25519 } from '@noble/curves/ed25519.js';
import { base64 } from '@scure/base';
import { afterAll, describe, expect, test } from 'vitest';
import { createKeyfiles } from '#main/adapters/keyfile/keyfiles.ts';
import { runOneShot } from '#main/electron/child-process.ts';
import type { ElectronApi } from '#main/electron/electron-api.ts';
import type { ChildAnswer } from '#main/ports.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import type { SignerRequest } from '#signer/messages.ts';
import { areSignaturesTrue, createSigningDesk, PEOPLE, REQUESTS, signatureBy } from '#test/signing/signing-desk.ts';
import { createFaultCounts } from '#test/simulator/fault-counts.ts';
import { runScenario } from '#test/simulator/run-scenario.ts';
import { simKey } from '#test/simulator/signing-child.ts';
import { CHILD_LIES, lieOf, type ChildLie } from './lying-child.ts';
import { failureOf } from './words-of.ts';

// Real children that die, hang and are ended: src/main/electron/child-process.test.ts.
const LATE = ['late answer', 'answer after death', 'two answers', 'answer while ended'] as const;
const counts = createFaultCounts<ChildLie | (typeof LATE)[number]>('K9', [...CHILD_LIES, ...LATE]);
const totals = { points: 0, signatures: 0 };
afterAll(() => {
  counts.print();
  console.info(`K9: ${totals.points} points, ${totals.signatures} signatures afterwards`);
});

/** Main's desk with a child of which one answer is a lie. Nothing lies while `point` is 0. */
function createDesk() {
  const child = { asked: 0, point: 0, lie: 'died' as ChildLie };
  const keyfiles = {
    ...createKeyfiles(async (request) => {
      child.asked += 1;
      if (child.asked !== child.point) return honest(request);
      counts.count(child.lie);
      return lieOf(child.lie, request, (bytes) => signatureBy(personOf(request), bytes));
    }),
    outsideOf: async () => 'ready' as const,
  };
  return { ...createSigningDesk({ keyfiles }), child };
}

function personOf(request: SignerRequest) {
  const person = Object.values(PEOPLE).find(({ path }) => 'path' in request && path === request.path);
  if (!person) throw new Error('nobody has this key');
  return person;
}

function honest(request: SignerRequest): ChildAnswer {
  if (request.kind !== 'sign') throw new Error('nobody should be asked for this');
  const person = personOf(request);
  const signature = signatureBy(person, base64.decode(request.messageBase64));
  return {
    kind: 'answer',
    message: { kind: 'signed', address: person.address, signatureBase64: base64.encode(signature) },
  };
}

type Desk = ReturnType<typeof createDesk>;

const ofTwo = REQUESTS[2];
const CASES: readonly (readonly [string, (desk: Desk) => Promise<ReviewedStep>])[] = [
  ...REQUESTS.map((request, index) => [`request ${index + 1}`, (desk: Desk) => reviewed(desk, request)] as const),
  ['the rest of what was signed in part', (desk) => reviewedRest(desk, ofTwo)],
];

describe.each(CASES)('K9: %s', (_name, review) => {
  test('no signature leaves when the signing child fails at any point, and the next one needs another yes', async () => {
    const dry = createDesk();
    const shown = await review(dry);
    const before = dry.child.asked;
    await dry.approvals.approve(yesTo(shown));
    expect(dry.child.asked).toBeGreaterThan(before);
    for (let point = before + 1; point <= dry.child.asked; point += 1) {
      for (const lie of CHILD_LIES) await failAt(review, point, lie);
    }
  });
});

async function failAt(review: (desk: Desk) => Promise<ReviewedStep>, point: number, lie: ChildLie): Promise<void> {
  const desk = createDesk();
  const shown = await review(desk);
  const written = structuredClone(desk.payloads);
  const asked = { tokens: 0, questions: 0 };
  desk.scene.onToken = () => void (asked.tokens += 1);
  desk.scene.onConfirm = async () => {
    asked.questions += 1;
    return true;
  };
  Object.assign(desk.child, { point, lie });
  totals.points += 1;
  const code = await failureOf(desk.approvals.approve(yesTo(shown)));
  expect([lie, code.split('/')[0]]).toEqual([lie, 'signer']);
  expect([lie, desk.payloads]).toEqual([lie, written]);
  expect(asked).toEqual({ tokens: 1, questions: 1 });
  // The yes is used up: the same click asks again, and is carried out once.
  const { transactionId } = await desk.approvals.approve(yesTo(shown));
  expect(asked).toEqual({ tokens: 2, questions: 2 });
  expect(desk.payloads).toHaveLength(written.length + 1);
  expect(areSignaturesTrue(desk.book.find(transactionId).signed.wire)).toBe(true);
  totals.signatures += 1;
}

test('K9: a run is created once, whichever of its children fails, those that make and use its key included', async () => {
  const options = { seed: 17, wish: 'create a run', isPlain: true } as const;
  const { calls } = await runScenario(options);
  const children = calls.filter((name) => name.startsWith('child ')).length;
  expect(children).toBeGreaterThan(2);
  for (let point = 1; point <= children; point += 1) {
    for (const lie of CHILD_LIES) {
      let asked = 0;
      totals.points += 1;
      const { violations, effects } = await runScenario({
        ...options,
        async tamper(request, answer) {
          asked += 1;
          if (asked !== point) return answer;
          counts.count(lie);
          return lieOf(lie, request, (bytes) => ed25519.sign(bytes, simKey(1).seed));
        },
      });
      expect([point, lie, violations, effects]).toEqual([point, lie, [], 1]);
      totals.signatures += 1;
    }
  }
}, 120_000);

/** A child that answers and ends when the test wants it to. */
function electronWith(act: (child: EventEmitter, end: () => void) => void, onKill: (child: EventEmitter) => void) {
  const fork = () => {
    const child = new EventEmitter();
    const end = () => void child.emit('exit', 0);
    return Object.assign(child, {
      postMessage: () => setTimeout(act, 1, child, end),
      kill() {
        onKill(child);
        setTimeout(end, 1);
        return true;
      },
    });
  };
  return { app: { isPackaged: true }, utilityProcess: { fork } } as unknown as ElectronApi;
}

const nothingMore = (): void => undefined;
const LIMIT_MS = 20;
type Late = readonly [
  (typeof LATE)[number],
  ChildAnswer,
  (child: EventEmitter, end: () => void) => void,
  (child: EventEmitter) => void,
];
const LATE_CASES: readonly Late[] = [
  [
    'late answer',
    { kind: 'timed-out' },
    (child) => void setTimeout(() => child.emit('message', 'late'), LIMIT_MS + 20),
    nothingMore,
  ],
  [
    'answer after death',
    { kind: 'exited', code: 0 },
    (child, end) => {
      end();
      setTimeout(() => child.emit('message', 'from nobody'), 1);
    },
    nothingMore,
  ],
  [
    'two answers',
    { kind: 'answer', message: 'first' },
    (child) => {
      child.emit('message', 'first');
      child.emit('message', 'second');
    },
    nothingMore,
  ],
  [
    'answer while ended',
    { kind: 'timed-out' },
    nothingMore,
    (child) => void child.emit('message', 'while it is killed'),
  ],
];

test.each(LATE_CASES)('K9: %s: what comes after the end counts for nothing', async (kind, ending, act, onKill) => {
  counts.count(kind);
  const electron = electronWith(act, onKill);
  expect(await runOneShot(electron, { name: 'signer', modulePath: 'signer.js', message: {} }, LIMIT_MS)).toEqual(
    ending,
  );
});

test('K9: met every way to fail', () => {
  expect(counts.missing()).toEqual([]);
});
