import type { JournaledTransaction } from '#core/journal/entry.ts';
import { missingSigners } from '#core/journal/wire-signatures.ts';
import { bootMachine, type Machine, type Parts } from './machine.ts';
import { startUser } from './user.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

/** Virtual time that things may go wrong for, and in which they must come right afterwards. */
const BUSY_MS = 15 * 60_000;
const CALM_MS = 15 * 60_000;

/** In which whatever is still under way to the chain lands or dies. */
const LATE_MS = 200_000;

/** Restarts beyond those that the deaths ask for: a disk that fails at every start is no longer a simulation. */
const MOST_STARTS = 20;

/** What came of one seed. */
export type Result = {
  readonly violations: readonly string[];
  readonly log: readonly string[];
  /** Times that what was wanted took effect. */
  readonly effects: number;
  /** Calls of the first program to disk, nodes and child. */
  readonly calls: readonly string[];
  readonly starts: number;
  /** Of all transactions in the journal, oldest first, how they ended. */
  readonly outcomes: readonly (string | undefined)[];
};

/**
 * One seed from beginning to end: somebody wants one thing done, everything goes wrong, then nothing any more. What must hold
 * whatever happened is in `violations`.
 */
export async function runScenario(options: WorldOptions, parts: Partial<Parts> = {}): Promise<Result> {
  const world = createWorld(options);
  const { time } = world;
  let machine = bootMachine(world, 0, parts);
  let user = startUser(world, machine);
  let starts = 1;
  let firstCalls: readonly string[] = [];

  const isSettled = () => user.isDone() && machine.services?.book.inFlight().every(isWaiting) === true;

  for (const [phaseMs, isCalm] of [
    [BUSY_MS, false],
    [CALM_MS, true],
  ] as const) {
    if (isCalm) world.calm();
    const endsAt = time.clock.monotonic() + phaseMs;
    for (;;) {
      await time.run(() => !machine.isAlive() || isSettled(), endsAt - time.clock.monotonic());
      if (starts === 1) firstCalls = machine.calls();
      if (machine.isAlive()) break;
      if (starts >= MOST_STARTS) world.calm();
      bury(world, machine);
      machine = bootMachine(world, starts, parts);
      user = startUser(world, machine);
      starts += 1;
      if (time.clock.monotonic() >= endsAt) break;
    }
  }
  if (!isSettled() && !waitsForOtherCluster(world, machine))
    world.violate('an end', 'something is still on its way though nothing goes wrong any more');
  const outcomes = machine.services?.book.all().map(({ end }) => end?.outcome.kind) ?? [];
  await checkEnds(world, machine);
  return {
    violations: world.violations,
    log: world.log,
    effects: effectsOf(world),
    calls: firstCalls,
    starts,
    outcomes,
  };
}

/** For a signature, under a nonce, of somebody who has given up: nothing of it ever left the app. */
const isWaiting = ({ signed }: JournaledTransaction) => missingSigners(signed.wire).length > 0;

/** What was sent to a cluster to which no endpoint leads any more has no end, and somebody waits for it. */
function waitsForOtherCluster({ other }: World, { services }: Machine): boolean {
  return services?.book.inFlight().some(({ signed }) => signed.genesisHash === other.genesisHash) === true;
}

function bury(world: World, machine: Machine): void {
  world.count(machine.death);
  if (machine.death === 'power cut') world.cutPower();
}

const effectsOf = ({ ledger, other }: World) =>
  [...ledger.all(), ...other.all()].filter(({ error }) => error === null).length;

/** V3, and that the journal tells the truth: after everything had time to land that still could. */
async function checkEnds(world: World, machine: Machine): Promise<void> {
  const told = machine.services?.book.all() ?? [];
  machine.die();
  await world.time.run(() => false, LATE_MS);
  world.ledger.slot();
  const effects = effectsOf(world);
  if (effects > 1) world.violate('V3', `it took effect ${effects} times`);
  const said = told.filter(({ end }) => end?.outcome.kind === 'confirmed');
  const isFalse = said.some(({ signed }) => world.falselyConfirmed.has(signed.signature));
  if (effects === 1 && said.length === 0) world.violate('the truth', 'it took effect, and the journal does not know');
  if (effects === 0 && said.length > 0 && !isFalse)
    world.violate('the truth', 'the journal knows of an effect that is none');
  for (const { signed, end } of told) {
    const landed = world.ledger.landed(signed.signature);
    const kind = end?.outcome.kind;
    if (kind === 'failed' && landed?.error === null) world.violate('the truth', 'what took effect counts as failed');
    if ((kind === 'expired' || kind === 'nonce-used') && landed)
      world.violate('the truth', `what landed counts as ${kind}`);
  }
}
