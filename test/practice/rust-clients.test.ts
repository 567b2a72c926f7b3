import { Keypair, LAMPORTS_PER_SOL, SystemProgram, Transaction } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { decodeZstdFrame } from '#practice/chain/zstd-frame.ts';
import { createRunOnChain } from './run-on-chain.ts';
import { startTestNetwork } from './start-test-network.ts';

/**
 * Requests letter by letter as the Rust clients write them (`solana-client` 2.1, `anchor-client` 0.30): ids count from 0,
 * calls without parameters carry `null`, options are written out with their empty members. The answers are held to what those clients read.
 */
let stage: Awaited<ReturnType<typeof startTestNetwork>>;
let payer: Keypair;
let account: string;
beforeAll(async () => {
  stage = await startTestNetwork();
  payer = await stage.wallet(5);
  account = createRunOnChain(stage.network.chain, 'rust').keys.account;
});
afterAll(() => stage.network.close());

/** The answer's text: numbers are compared as digits, which `JSON.parse` would round. */
async function post(body: string): Promise<string> {
  const response = await fetch(stage.network.rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'solana-client': 'rust/2.1.4' },
    body,
  });
  expect(response.headers.get('content-type')).toContain('application/json');
  return response.text();
}

const call = (method: string, params: string, id = 0) =>
  post(`{"jsonrpc":"2.0","id":${id},"method":"${method}","params":${params}}`);

const result = async (method: string, params: string, id = 0): Promise<unknown> => {
  const answer = JSON.parse(await call(method, params, id)) as { jsonrpc: string; id: number; result: unknown };
  expect(Object.keys(answer).toSorted()).toEqual(['id', 'jsonrpc', 'result']);
  expect(answer).toMatchObject({ jsonrpc: '2.0', id });
  return answer.result;
};

const CONTEXT = { slot: expect.any(Number), apiVersion: '2.1.4' };
const CONFIRMED = '{"commitment":"confirmed"}';

async function landed(): Promise<string> {
  const transfer = SystemProgram.transfer({
    fromPubkey: payer.publicKey,
    toPubkey: Keypair.generate().publicKey,
    lamports: LAMPORTS_PER_SOL / 10,
  });
  const { value } = (await result('getLatestBlockhash', `[${CONFIRMED}]`)) as { value: { blockhash: string } };
  const transaction = new Transaction({ feePayer: payer.publicKey, recentBlockhash: value.blockhash }).add(transfer);
  transaction.sign(payer);
  const options =
    '{"skipPreflight":false,"preflightCommitment":"confirmed","encoding":"base64","maxRetries":null,"minContextSlot":null}';
  const sent = await result('sendTransaction', `["${transaction.serialize().toString('base64')}",${options}]`, 3);
  return String(sent);
}

describe('requests of the Rust clients', () => {
  test('getVersion without parameters and with id 0 opens every connection', async () => {
    expect(await result('getVersion', 'null')).toEqual({ 'solana-core': '2.1.4', 'feature-set': expect.any(Number) });
    expect(await result('getHealth', 'null', 1)).toBe('ok');
    expect(await result('getGenesisHash', 'null', 2)).toBe(stage.network.genesisHash);
  });

  test('getLatestBlockhash and isBlockhashValid agree', async () => {
    const latest = (await result('getLatestBlockhash', `[${CONFIRMED}]`)) as { value: { blockhash: string } };
    expect(latest).toEqual({
      context: CONTEXT,
      value: { blockhash: expect.any(String), lastValidBlockHeight: expect.any(Number) },
    });
    const options = '{"commitment":"processed","minContextSlot":null}';
    const valid = await result('isBlockhashValid', `["${latest.value.blockhash}",${options}]`, 1);
    expect(valid).toEqual({ context: CONTEXT, value: true });
  });

  test('getBalance and getMinimumBalanceForRentExemption are exact', async () => {
    const balance = await call('getBalance', `["${payer.publicKey.toBase58()}",${CONFIRMED}]`);
    expect(balance).toMatch(/"value":\d+\}/);
    expect(await result('getMinimumBalanceForRentExemption', `[119160,${CONFIRMED}]`)).toBe(830_244_480);
    expect(await result('getMinimumBalanceForRentExemption', '[119160]')).toBe(830_244_480);
  });

  test('getAccountInfo answers a run in Zstandard, every number an exact u64', async () => {
    const options = '{"encoding":"base64+zstd","dataSlice":null,"commitment":"confirmed","minContextSlot":null}';
    const text = await call('getAccountInfo', `["${account}",${options}]`);
    expect(text).toContain('"rentEpoch":18446744073709551615');
    const { result: answer } = JSON.parse(text) as { result: { context: unknown; value: { data: [string, string] } } };
    expect(answer.context).toEqual(CONTEXT);
    expect(Object.keys(answer.value).toSorted()).toEqual([
      'data',
      'executable',
      'lamports',
      'owner',
      'rentEpoch',
      'space',
    ]);
    expect(answer.value).toMatchObject({ executable: false, lamports: 830_244_480, space: 119_160 });
    const [frame, encoding] = answer.value.data;
    expect(encoding).toBe('base64+zstd');
    const data = decodeZstdFrame(new Uint8Array(Buffer.from(frame, 'base64')));
    expect(Buffer.from(data).toString('hex', 0, 8)).toBe('ef21b1372c9b562b');
    expect(data).toHaveLength(119_160);
    const missing = await result('getAccountInfo', `["${Keypair.generate().publicKey.toBase58()}",${options}]`);
    expect(missing).toEqual({ context: CONTEXT, value: null });
  });

  test('a transaction is sent, polled for and read back as the clients read it', async () => {
    const signature = await landed();
    for (const params of [`[["${signature}"]]`, `[["${signature}"],{"searchTransactionHistory":true}]`]) {
      const polled = await result('getSignatureStatuses', params);
      expect(polled).toEqual({
        context: CONTEXT,
        value: [
          {
            slot: expect.any(Number),
            confirmations: expect.any(Number),
            err: null,
            status: { Ok: null },
            confirmationStatus: 'confirmed',
          },
        ],
      });
    }
    const options = '{"encoding":"json","commitment":"confirmed","maxSupportedTransactionVersion":0}';
    const found = (await result('getTransaction', `["${signature}",${options}]`)) as { meta: object };
    expect(found).toMatchObject({
      slot: expect.any(Number),
      blockTime: expect.any(Number),
      version: 'legacy',
      transaction: {
        signatures: [signature],
        message: {
          header: { numRequiredSignatures: 1, numReadonlySignedAccounts: 0, numReadonlyUnsignedAccounts: 1 },
          accountKeys: { length: 3 },
          recentBlockhash: expect.any(String),
          instructions: [{ programIdIndex: 2, accounts: [0, 1], data: expect.any(String) }],
        },
      },
      meta: {
        err: null,
        status: { Ok: null },
        fee: 5000,
        preBalances: { length: 3 },
        postBalances: { length: 3 },
        innerInstructions: [],
        logMessages: expect.any(Array),
        preTokenBalances: [],
        postTokenBalances: [],
        rewards: [],
        loadedAddresses: { writable: [], readonly: [] },
        computeUnitsConsumed: 150,
      },
    });
    const unknown = await result('getSignatureStatuses', `[["${'1'.repeat(64)}"]]`);
    expect(unknown).toEqual({ context: CONTEXT, value: [null] });
  });

  test('getProgramAccounts takes filters as the clients write them', async () => {
    const filters = '[{"dataSize":119160},{"memcmp":{"offset":0,"bytes":"h4hZhAIsrNI=","encoding":"base64"}}]';
    const none = `{"filters":${filters},"encoding":"base64","dataSlice":{"offset":0,"length":0},"commitment":"confirmed","minContextSlot":null,"withContext":null,"sortResults":null}`;
    const program = '4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7';
    expect(await result('getProgramAccounts', `["${program}",${none}]`)).toEqual([]);
    const ours = none.replace('h4hZhAIsrNI=', Buffer.from('ef21b1372c9b562b', 'hex').toString('base64'));
    expect(await result('getProgramAccounts', `["${program}",${ours}]`)).toEqual([
      { pubkey: account, account: expect.objectContaining({ data: ['', 'base64'], space: 119_160 }) },
    ]);
  });

  test('a refusal carries what the clients read out of it', async () => {
    const wire = Buffer.from(
      new Transaction({ feePayer: payer.publicKey, recentBlockhash: '1'.repeat(32) })
        .add(SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey: payer.publicKey, lamports: 1 }))
        .serialize({ requireAllSignatures: false }),
    );
    const options =
      '{"skipPreflight":false,"preflightCommitment":"confirmed","encoding":"base64","maxRetries":null,"minContextSlot":null}';
    const unsigned = JSON.parse(await call('sendTransaction', `["${wire.toString('base64')}",${options}]`)) as unknown;
    expect(unsigned).toMatchObject({ id: 0, error: { code: -32003 } });
    const poor = Keypair.generate();
    const { value } = (await result('getLatestBlockhash', 'null')) as { value: { blockhash: string } };
    const transaction = new Transaction({ feePayer: poor.publicKey, recentBlockhash: value.blockhash });
    transaction.add(SystemProgram.transfer({ fromPubkey: poor.publicKey, toPubkey: payer.publicKey, lamports: 1 }));
    transaction.sign(poor);
    const text = await call('sendTransaction', `["${transaction.serialize().toString('base64')}",${options}]`);
    const { error } = JSON.parse(text) as { error: { data: object } };
    expect(error).toMatchObject({ code: -32002, data: { err: 'AccountNotFound', logs: [], unitsConsumed: 0 } });
  });
});

test('accountSubscribe in Zstandard notifies of every change, numbers exact', async () => {
  const socket = new WebSocket(stage.network.webSocketUrl);
  const texts: string[] = [];
  socket.on('message', (data: Buffer) => texts.push(data.toString()));
  await new Promise((resolve) => {
    socket.once('open', resolve);
  });
  const options = '{"encoding":"base64+zstd","dataSlice":null,"commitment":"confirmed","minContextSlot":null}';
  socket.send(
    `{"jsonrpc":"2.0","id":1,"method":"accountSubscribe","params":["${payer.publicKey.toBase58()}",${options}]}`,
  );
  await expect.poll(() => texts.length).toBe(1);
  const { result: subscription } = JSON.parse(texts[0] ?? '') as { result: number };
  expect(JSON.parse(texts[0] ?? '')).toEqual({ jsonrpc: '2.0', id: 1, result: expect.any(Number) });
  await landed();
  await expect.poll(() => texts.length).toBe(2);
  expect(texts[1]).toContain('"rentEpoch":18446744073709551615');
  expect(JSON.parse(texts[1] ?? '')).toMatchObject({
    jsonrpc: '2.0',
    method: 'accountNotification',
    params: {
      subscription,
      result: {
        context: { slot: expect.any(Number) },
        value: { data: [expect.any(String), 'base64+zstd'], executable: false, space: 0 },
      },
    },
  });
  socket.send(`{"jsonrpc":"2.0","id":2,"method":"accountUnsubscribe","params":[${subscription}]}`);
  await expect.poll(() => texts.length).toBe(3);
  expect(JSON.parse(texts[2] ?? '')).toEqual({ jsonrpc: '2.0', id: 2, result: true });
  socket.terminate();
});
