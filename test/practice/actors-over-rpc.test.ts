import { getAccount, getMint } from '@solana/spl-token';
import { Keypair, PublicKey } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import { parseAddress } from '#core/solana/address.ts';
import { createRunOnChain } from './run-on-chain.ts';
import { callRpc, startTestNetwork } from './start-test-network.ts';

let stage: Awaited<ReturnType<typeof startTestNetwork>>;
beforeAll(async () => {
  stage = await startTestNetwork();
});
afterAll(async () => {
  await stage.network.close();
  expect(stage.notices).toEqual([]);
});

async function ask<T>(method: string, params: unknown): Promise<T> {
  const answer = (await callRpc(stage.network.rpcUrl, method, [params])) as { result?: T; error?: unknown };
  if (answer.error !== undefined) throw new Error(JSON.stringify(answer.error));
  return answer.result as T;
}

const refusalOf = (method: string, params: unknown) => callRpc(stage.network.rpcUrl, method, [params]);

describe('simulated clients over RPC', () => {
  test('are added, live through a jump, are listed with what they earned, and go', async () => {
    const run = createRunOnChain(stage.network.chain, 'rpc-1', { config: { init_min_clients: 3 } });
    const rates = { epoch_earning_rate_total_shared: 30n, epoch_slashing_rate_per_client: null };
    run.call('set_future_epoch_rates', rates);
    const script = { trainPercent: 25 };
    const { clients } = await ask<{ clients: string[] }>('practice_addClients', { runId: 'rpc-1', count: 3, script });
    expect(new Set(clients).size).toBe(3);
    await ask('practice_advance', { seconds: 200 });
    const { epoch } = run.read().coordinator.progress;
    expect(epoch).toBeGreaterThanOrEqual(1);
    const earned = String(10 * epoch);
    expect(await ask('practice_listClients', { runId: 'rpc-1' })).toEqual(
      clients.map((address) => expect.objectContaining({ address, runId: 'rpc-1', earned, refusal: null })),
    );
    expect(await callRpc(stage.network.rpcUrl, 'practice_listClients')).toMatchObject({ result: { length: 3 } });
    expect(await ask('practice_removeClients', { runId: 'rpc-1' })).toEqual({ clients });
    await ask('practice_advance', { seconds: 300 });
    expect(await ask('practice_listClients', {})).toEqual([]);
  });

  test('join and go on without anybody asking, as time goes by', async () => {
    const run = createRunOnChain(stage.network.chain, 'rpc-2');
    await ask('practice_addClients', { runId: 'rpc-2', count: 2 });
    await expect.poll(() => run.read().clients_state.clients.length, { timeout: 5_000 }).toBe(2);
    await ask('practice_removeClients', { runId: 'rpc-2', how: 'drop-out' });
    await expect.poll(() => ask('practice_listClients', {}), { timeout: 5_000 }).toEqual([]);
  });

  test.each([
    ['practice_addClients', { runId: 'no such run', count: 1 }],
    ['practice_addClients', { runId: 'rpc-1', count: 0 }],
    ['practice_addClients', { runId: 'rpc-1', count: 257 }],
    ['practice_addClients', { runId: 'x'.repeat(33), count: 1 }],
    ['practice_addClients', { runId: 'rpc-1', count: 1, script: { trainPercent: 101 } }],
    ['practice_addClients', { runId: 'rpc-1', count: 1, script: { unknown: 1 } }],
    ['practice_removeClients', { runId: 'rpc-1', how: 'vanish' }],
    ['practice_createMint', { decimals: 256 }],
    ['practice_createMint', { decimals: 6, authority: 'nobody' }],
    [
      'practice_faucet',
      { address: '11111111111111111111111111111111', mint: '11111111111111111111111111111111', amount: 1 },
    ],
    ['practice_faucet', { address: '11111111111111111111111111111111', lamports: '18446744073709551616' }],
  ])('%s %j is refused', async (method, params) => {
    expect(await refusalOf(method, params)).toMatchObject({ error: { code: -32602 } });
  });
});

describe('tokens from the faucet', () => {
  test.each([0, 6, 9])(
    'come in native units of a mint with %d decimals, in transactions like any other',
    async (decimals) => {
      const { mint } = await ask<{ mint: string }>('practice_createMint', { decimals });
      const wallet = Keypair.generate().publicKey;
      const amount = '18446744073709551';
      const wish = { address: wallet.toBase58(), mint, amount };
      const { signature } = await ask<{ signature: string }>('practice_faucet', wish);
      await ask('practice_faucet', { ...wish, amount: 5 });
      const token = associatedTokenAddress(parseAddress(wallet.toBase58()), parseAddress(mint)).address;
      expect((await getAccount(stage.connection, new PublicKey(token))).amount).toBe(18_446_744_073_709_556n);
      expect(await getMint(stage.connection, new PublicKey(mint))).toMatchObject({
        decimals,
        supply: 18_446_744_073_709_556n,
        freezeAuthority: null,
      });
      const found = await stage.connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
      expect(found?.meta?.postTokenBalances).toMatchObject([{ mint, uiTokenAmount: { amount, decimals } }]);
    },
  );

  test('are not for the faucet to make when the mint belongs to somebody else', async () => {
    const authority = Keypair.generate().publicKey;
    const { mint } = await ask<{ mint: string }>('practice_createMint', {
      decimals: 6,
      authority: authority.toBase58(),
    });
    expect((await getMint(stage.connection, new PublicKey(mint))).mintAuthority).toEqual(authority);
    expect(await refusalOf('practice_faucet', { address: authority.toBase58(), mint, amount: 1 })).toMatchObject({
      error: { code: -32602, message: expect.stringContaining('not the authority') },
    });
  });
});
