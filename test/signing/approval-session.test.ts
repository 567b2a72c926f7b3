import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { runsFor } from '#test/signing/share-of-work.ts';
import { createApprovalSession, type Endings } from './approval-session.ts';
import type { Happening, Step } from './approval-steps.ts';
import { countOf, reportCounts } from './report-counts.ts';

const MOST_STEPS = 40;
const endings: Endings = new Map();
const counts = { sessions: 0, steps: 0, signatures: 0 };

afterAll(() => {
  const { sessions, steps, signatures } = counts;
  const words = [...endings]
    .toSorted(([, one], [, other]) => other - one)
    .map(([what, count]) => `${what} ${countOf(count)}×`);
  reportCounts(
    'T5',
    `${countOf(sessions)} sessions of up to ${MOST_STEPS} steps, ${countOf(steps)} steps, ${countOf(signatures)} signatures; ${words.join(', ')}`,
  );
});

/** Mostly the newest. */
const which = fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(20) });
const seldom = (
  [
    'another network is chosen',
    'another cluster answers',
    'another window asks',
    'the page is gone',
    'somebody pays in',
    'the nonce moves',
    'the signing child fails',
  ] as const
).map((kind) => ({ weight: 1, arbitrary: fc.record({ kind: fc.constant(kind) }) }));
const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('time passes'), ms: fc.constantFrom(1, 60_000, 119_999, 120_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('blocks pass'), count: fc.constantFrom(1, 100, 139, 140, 141, 200) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('another signature arrives'), which }) },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('a transaction ends'),
      which,
      how: fc.constantFrom('confirmed', 'expired', 'nonce-used'),
    }),
  },
  ...seldom,
);
const mostly = (value: boolean) =>
  fc.oneof({ weight: 7, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: fc.constant(!value) });

const nothingHappens = fc.constant<readonly Happening[]>([]);

/** @param meanwhile - what may happen while the question stands open */
function stepWith(meanwhile: fc.Arbitrary<readonly Step[]>): fc.Arbitrary<Step> {
  const approve = fc.record({
    kind: fc.constant('approve'),
    which,
    clicks: fc.constantFrom(1, 2),
    hash: fc.oneof(
      { weight: 8, arbitrary: fc.constant('shown') },
      { weight: 1, arbitrary: fc.constantFrom('of another', 'nonsense') },
    ),
    isPhraseTyped: mostly(true),
    isLeavingOne: mostly(false),
    says: mostly(true),
    meanwhile,
    afterwards: fc.oneof(
      { weight: 3, arbitrary: nothingHappens },
      { weight: 1, arbitrary: fc.array(happening, { maxLength: 3 }) },
    ),
  }) as fc.Arbitrary<Step>;
  return fc.oneof(
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('begin'), request: fc.nat(4) }) as fc.Arbitrary<Step> },
    { weight: 3, arbitrary: fc.record({ kind: fc.constant('review'), which }) as fc.Arbitrary<Step> },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('review the rest'), which }) as fc.Arbitrary<Step> },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('give up'), which }) as fc.Arbitrary<Step> },
    { weight: 6, arbitrary: approve },
    { weight: 2, arbitrary: happening },
  );
}

const nothing = fc.constant<readonly Step[]>([]);
const inside = stepWith(nothing);
const step = stepWith(
  fc.oneof(
    { weight: 2, arbitrary: nothing },
    { weight: 1, arbitrary: fc.array(fc.oneof(happening, inside), { minLength: 1, maxLength: 3 }) },
  ),
);

test('nothing is signed but what was shown and approved, whatever happens in whatever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: MOST_STEPS, size: 'max' }), async (steps) => {
      const session = createApprovalSession(endings);
      for (const each of steps) await session.run(each);
      session.checkJournal();
      counts.sessions += 1;
      counts.steps += steps.length;
      counts.signatures += session.signatures();
    }),
    { numRuns: runsFor(2_000) },
  );
  expect(counts.signatures).toBeGreaterThan(0);
}, 300_000);

type Approve = Extract<Step, { kind: 'approve' }>;
const yes: Approve = {
  kind: 'approve',
  which: 0,
  clicks: 1,
  hash: 'shown',
  isPhraseTyped: true,
  isLeavingOne: false,
  says: true,
  meanwhile: [],
  afterwards: [],
};
const begin = (request: number): Step => ({ kind: 'begin', request });
const but = (parts: Partial<Approve>): readonly Step[] => [begin(0), { ...yes, ...parts }];
const meanwhile = (...happens: readonly Step[]) => but({ meanwhile: happens });

/** How each ending comes about. What `approve` ends in comes last. */
const ENDINGS: readonly (readonly [ending: string, steps: readonly Step[], signatures: number])[] = [
  ['signed', but({}), 1],
  ['signed', but({ clicks: 2 }), 1],
  ['signed', [begin(2), yes], 2],
  ['signed', [begin(2), { ...yes, isLeavingOne: true }], 1],
  ['signed', [begin(3), yes], 1],
  ['signed', [begin(4), yes], 1],
  ['signed', [begin(3), { ...yes, isLeavingOne: true }, { kind: 'review the rest', which: 0 }, yes], 1],
  [
    'signed',
    [
      begin(3),
      { ...yes, isLeavingOne: true },
      { kind: 'review the rest', which: 0 },
      { ...yes, afterwards: [{ kind: 'another signature arrives', which: 0 }] },
    ],
    1,
  ],
  ['signed', meanwhile({ kind: 'time passes', ms: 119_999 }), 1],
  ['approval/expired', meanwhile({ kind: 'time passes', ms: 120_000 }), 0],
  ['approval/none', meanwhile({ kind: 'the page is gone' }), 0],
  ['approval/none', meanwhile({ kind: 'review', which: 0 }), 0],
  ['approval/none', meanwhile({ kind: 'give up', which: 0 }), 0],
  ['approval/none', meanwhile(begin(1), { ...yes, says: false }), 0],
  ['approval/not-reviewed', but({ hash: 'nonsense' }), 0],
  ['approval/not-reviewed', [begin(0), begin(1), { ...yes, hash: 'of another' }], 0],
  [
    'approval/other-network',
    [
      begin(3),
      { ...yes, isLeavingOne: true },
      { kind: 'review the rest', which: 0 },
      { ...yes, meanwhile: [{ kind: 'another network is chosen' }] },
    ],
    0,
  ],
  ['approval/other-window', meanwhile({ kind: 'another window asks' }), 0],
  ['network/changed', [begin(0), { kind: 'another cluster answers' }, yes], 0],
  ['network/changed', meanwhile({ kind: 'another network is chosen' }), 0],
  ['plan/blocked', [...but({}), begin(1), yes], 1],
  ['plan/declined', but({ says: false }), 0],
  ['plan/lapsed', [begin(0), { kind: 'blocks pass', count: 141 }, yes], 0],
  ['plan/lapsed', meanwhile({ kind: 'blocks pass', count: 141 }), 0],
  ['plan/phrase', [begin(2), { ...yes, isPhraseTyped: false }], 0],
  ['plan/stale', meanwhile({ kind: 'somebody pays in' }), 0],
  ['plan/stale', [begin(4), { kind: 'the nonce moves' }, yes], 0],
  ['signer/ended', [begin(0), { kind: 'the signing child fails' }, yes], 1],
];

test.each(ENDINGS.map((each, index) => [index + 1, ...each] as const))(
  'scene %i ends in %s',
  async (_, ending, steps, signatures) => {
    const met: Endings = new Map();
    const session = createApprovalSession(met);
    for (const each of steps) await session.run(each);
    expect([...met.keys()].filter((what) => what.startsWith('approve: ')).at(-1)).toBe(`approve: ${ending}`);
    expect(session.signatures()).toBe(signatures);
  },
);
