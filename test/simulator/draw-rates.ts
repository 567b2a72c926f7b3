import { CHILD_FAULTS } from './signing-child.ts';
import type { Random } from './random.ts';
import { type DeathPoint, DISK_FAULTS, type Fault, type Rates, USER_FAULTS } from './world.ts';

type Chances = readonly [number, ...number[]];

/** What is asked often goes wrong at few of the calls, what happens once a transaction at many of them. */
const OFTEN_ASKED: Chances = [0.02, 0.05, 0.1, 0.2];
const ONCE: Chances = [0.2, 0.5, 0.8];
const RARE: Chances = [0.005, 0.02, 0.05];

const ONCE_A_TRANSACTION = new Set<Fault>([
  'send dropped',
  'send doubled',
  'error after accept',
  'already processed',
  'preflight fail',
  'delivered late',
  'failsOnChain',
  'rolledBack',
  'no history',
  'status withheld',
  'status unanswered',
  ...CHILD_FAULTS,
  ...USER_FAULTS,
]);
const DISK = new Set<Fault>(DISK_FAULTS);

/** Some of the faults, each with a chance of its own: with all of them at once nothing would ever be sent. */
export function drawRates<F extends Fault & keyof Rates>(random: Random, kinds: readonly F[]): Rates {
  const share = random.pick([0.1, 0.2, 0.4]);
  const drawn = kinds.filter(() => random.chance(share));
  return Object.fromEntries(drawn.map((kind) => [kind, random.pick(chancesOf(kind))]));
}

function chancesOf(kind: Fault): Chances {
  if (DISK.has(kind)) return RARE;
  return ONCE_A_TRANSACTION.has(kind) ? ONCE : OFTEN_ASKED;
}

/** When programs die, if they do. */
export function drawDeaths(random: Random, isMortal: boolean): DeathPoint[] {
  if (!isMortal) return [];
  return Array.from({ length: 1 + random.int(3) }, () => ({
    call: 1 + random.int(60),
    when: random.pick(['before', 'after'] as const),
    death: random.pick(['killed', 'power cut'] as const),
  }));
}
