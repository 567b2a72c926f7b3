import { performance } from 'node:perf_hooks';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { createSimulatedClients } from '#practice/actors/simulated-clients.ts';
import { createChain } from '#practice/chain/chain.ts';
import { createExecute } from '#practice/chain/create-execute.ts';
import { createRunOnChain } from '#test/practice/run-on-chain.ts';
import { type Figure, report } from './measure.ts';

const CLIENTS = 256;
const EPOCHS = 20;

/** As many clients as a run can know, through whole epochs of it. The network's own clock is moved on, as `practice_advance` does. */
function clientFigures(): Figure[] {
  const host = { ms: 1_772_000_000_000 };
  const chain = createChain({
    genesis: {},
    now: () => host.ms,
    random: (size) => new Uint8Array(size).fill(1),
    slotMs: 200,
    execute: createExecute(DEFAULT_PROGRAM_IDS),
  });
  const config = {
    global_batch_size_end: CLIENTS,
    init_min_clients: CLIENTS,
    min_clients: CLIENTS,
    total_steps: 25_000,
  };
  const run = createRunOnChain(chain, 'bench-256', { config });
  run.call('set_future_epoch_rates', {
    epoch_earning_rate_total_shared: 256_000n,
    epoch_slashing_rate_per_client: null,
  });
  const clients = createSimulatedClients(chain, { programIds: DEFAULT_PROGRAM_IDS });
  clients.add('bench-256', CLIENTS, { trainPercent: 50 });
  const start = performance.now();
  while (run.read().coordinator.progress.epoch < EPOCHS) {
    clients.advance(60);
    host.ms += 1000;
  }
  const seconds = (performance.now() - start) / 1000;
  const { clients_state: known } = run.read();
  const least = known.clients.reduce((low, { earned }) => (earned < low ? earned : low), 2n ** 64n);
  if (known.clients.length !== CLIENTS || least < BigInt(EPOCHS) * 1000n) throw new Error('not everybody was paid');
  return [
    {
      name: `${CLIENTS} simulated clients through ${EPOCHS} epochs`,
      value: seconds,
      unit: 's',
      limit: { kind: 'at-most', value: 60 },
    },
    {
      name: 'transactions of simulated clients',
      value: Number(chain.transactionCount()) / seconds,
      unit: '/s',
      limit: { kind: 'at-least', value: 100 },
    },
  ];
}

report(clientFigures());
