import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { createSimulatedClients } from '#practice/actors/simulated-clients.ts';
import { createChain } from '#practice/chain/chain.ts';
import { createExecute } from '#practice/chain/create-execute.ts';
import { createRunOnChain } from '#test/practice/run-on-chain.ts';
import { type Figure, report } from './measure.ts';

const HOURS = 8;
const CLIENTS = 16;
const BEAT_MS = 200;
const BEATS = (HOURS * 3_600_000) / BEAT_MS;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** What is in use after a forced collection, account data included. Bytes. */
function usedBytes(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/**
 * Eight hours of a run with simulated clients, the host's clock moved on a beat at a time. More transactions land in the
 * first half than the network remembers, so what grows in the second half would grow for ever.
 */
function memoryFigures(): Figure[] {
  const host = { ms: 1_772_000_000_000 };
  const chain = createChain({
    genesis: {},
    now: () => host.ms,
    random: (size) => new Uint8Array(size).fill(1),
    slotMs: BEAT_MS,
    execute: createExecute(DEFAULT_PROGRAM_IDS),
  });
  const config = { init_min_clients: CLIENTS, total_steps: 100_000, epoch_time: 600n };
  const run = createRunOnChain(chain, 'soak', { config });
  const clients = createSimulatedClients(chain, { programIds: DEFAULT_PROGRAM_IDS });
  clients.add('soak', CLIENTS, { trainPercent: 40 });
  const live = (beats: number) => {
    for (let beat = 0; beat < beats; beat += 1) {
      host.ms += BEAT_MS;
      clients.beat();
    }
    return usedBytes();
  };
  const [middle, end] = [live(BEATS / 2), live(BEATS / 2)];
  const { epoch } = run.read().coordinator.progress;
  if (epoch < 40) throw new Error(`only ${epoch} epochs passed`);
  console.log(`      ${chain.transactionCount()} transactions, ${Math.round(end / 2 ** 20)} MiB at the end`);
  return [
    {
      name: `memory from the middle to the end of ${HOURS} hours`,
      value: (end / middle - 1) * 100,
      unit: '%',
      limit: { kind: 'at-most', value: 20 },
    },
  ];
}

report(memoryFigures());
