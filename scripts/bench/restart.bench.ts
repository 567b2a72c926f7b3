import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { startPracticeNetwork } from '#practice/start-practice-network.ts';
import { createRunOnChain } from '#test/practice/run-on-chain.ts';
import { median, report } from './measure.ts';

const RUNS = 100;
const RESTARTS = 5;
const CLIENTS = 8;

/** Opening a network with a hundred runs on disk, one of them with simulated clients, until it answers. */
async function restartFigures() {
  const dataDir = mkdtempSync(join(tmpdir(), 'practice-restart-'));
  const options = {
    genesis: {},
    clock: { now: Date.now },
    random: (size: number) => new Uint8Array(size).fill(7),
    dataDir,
  };
  try {
    const first = await startPracticeNetwork(options);
    const runs = Array.from({ length: RUNS }, (_, index) => createRunOnChain(first.chain, `run-${index}`));
    await ask(first.rpcUrl, 'practice_addClients', [{ runId: 'run-0', count: CLIENTS }]);
    await ask(first.rpcUrl, 'practice_advance', [{ seconds: 120 }]);
    await first.close();
    const times: number[] = [];
    for (let restart = 0; restart < RESTARTS; restart += 1) {
      const start = performance.now();
      const network = await startPracticeNetwork(options);
      await ask(network.rpcUrl, 'getHealth', []);
      times.push(performance.now() - start);
      if (runs.some(({ keys }) => !network.chain.account(keys.account))) throw new Error('a run is gone');
      await network.close();
    }
    return [
      {
        name: `restart with ${RUNS} runs`,
        value: median(times),
        unit: 'ms',
        limit: { kind: 'at-most' as const, value: 1000 },
      },
    ];
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

async function ask(rpcUrl: string, method: string, params: unknown[]): Promise<void> {
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ jsonrpc: '2.0', id: 0, method, params }),
  });
  const answer = (await response.json()) as { error?: unknown };
  if (answer.error !== undefined) throw new Error(JSON.stringify(answer.error));
}

restartFigures().then(report, (error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
