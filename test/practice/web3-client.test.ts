import {
  ACCOUNT_SIZE,
  createAssociatedTokenAccountIdempotent,
  createMint,
  getAccount,
  getMint,
  getOrCreateAssociatedTokenAccount,
  mintTo,
  TOKEN_PROGRAM_ID,
  transferChecked,
} from '@solana/spl-token';
import {
  type AccountInfo,
  type Connection,
  Keypair,
  LAMPORTS_PER_SOL,
  type Logs,
  NonceAccount,
  PublicKey,
  SendTransactionError,
  type SlotInfo,
  SystemProgram,
  Transaction,
  sendAndConfirmTransaction,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAddress } from '#core/solana/address.ts';
import { callRpc, startTestNetwork } from './start-test-network.ts';

const DEMO = Keypair.fromSeed(new Uint8Array(32).fill(5));

let stage: Awaited<ReturnType<typeof startTestNetwork>>;
let connection: Connection;
let payer: Keypair;
beforeAll(async () => {
  stage = await startTestNetwork({ genesis: { demoWallet: parseAddress(DEMO.publicKey.toBase58()) }, slotMs: 200 });
  connection = stage.connection;
  payer = await stage.wallet(100);
});
afterAll(async () => {
  await stage.network.close();
  expect(stage.notices).toEqual([]);
});

const transferTo = (to: PublicKey, lamports = LAMPORTS_PER_SOL) =>
  SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey: to, lamports });

/** Resolves with what the listener is called with, and fails the test rather than wait for ever. */
function nextOf<T>(listen: (tell: (value: T) => void) => unknown): Promise<T> {
  return new Promise((resolve) => {
    listen(resolve);
  });
}

describe('an unmodified web3.js connection', () => {
  test('sends, confirms and reads a transfer back', async () => {
    const friend = Keypair.generate().publicKey;
    const signature = await sendAndConfirmTransaction(connection, new Transaction().add(transferTo(friend)), [payer]);
    expect(await connection.getBalance(friend)).toBe(LAMPORTS_PER_SOL);
    const status = await connection.getSignatureStatus(signature);
    expect(status.value).toMatchObject({ err: null });
    const found = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
    expect(found?.meta).toMatchObject({ err: null, fee: 5000 });
    expect(found?.transaction.signatures).toEqual([signature]);
    const parsed = await connection.getParsedTransaction(signature, { maxSupportedTransactionVersion: 0 });
    expect(parsed?.transaction.message.accountKeys[0]).toMatchObject({ signer: true, writable: true });
  });

  test('sends a version 0 transaction', async () => {
    const friend = Keypair.generate().publicKey;
    const lifetime = await connection.getLatestBlockhash();
    const message = new TransactionMessage({
      payerKey: payer.publicKey,
      recentBlockhash: lifetime.blockhash,
      instructions: [transferTo(friend)],
    }).compileToV0Message();
    const transaction = new VersionedTransaction(message);
    transaction.sign([payer]);
    const signature = await connection.sendTransaction(transaction);
    await connection.confirmTransaction({ signature, ...lifetime });
    const found = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
    expect(found?.version).toBe(0);
    await expect(
      connection.getTransaction(signature, { maxSupportedTransactionVersion: undefined as never }),
    ).rejects.toThrow(/not supported/);
  });

  test('reads the logs of a preflight that failed', async () => {
    const transaction = new Transaction().add(transferTo(Keypair.generate().publicKey, 1e15));
    const failure = await sendAndConfirmTransaction(connection, transaction, [payer]).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(SendTransactionError);
    expect(String(failure)).toContain('Error processing Instruction 0: custom program error: 0x1');
    expect((failure as SendTransactionError).logs).toContain(
      `Program ${SystemProgram.programId.toBase58()} failed: custom program error: 0x1`,
    );
  });

  test('learns from an expired blockhash that nothing happened', async () => {
    const transaction = new Transaction().add(transferTo(Keypair.generate().publicKey));
    transaction.recentBlockhash = PublicKey.unique().toBase58();
    transaction.feePayer = payer.publicKey;
    transaction.sign(payer);
    await expect(connection.sendRawTransaction(transaction.serialize())).rejects.toThrow('Blockhash not found');
  });

  test('is told of a transaction that was sent before, and the effect stays one', async () => {
    const friend = Keypair.generate().publicKey;
    const transaction = new Transaction().add(transferTo(friend));
    await sendAndConfirmTransaction(connection, transaction, [payer]);
    await expect(connection.sendRawTransaction(transaction.serialize())).rejects.toThrow('already been processed');
    await connection.sendRawTransaction(transaction.serialize(), { skipPreflight: true });
    expect(await connection.getBalance(friend)).toBe(LAMPORTS_PER_SOL);
  });

  test('finds an address’s transactions, newest first and page by page', async () => {
    const friend = Keypair.generate().publicKey;
    const signatures: string[] = [];
    for (const lamports of [1e9, 2e9, 3e9]) {
      const memo = new TransactionInstruction({
        programId: new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr'),
        keys: [],
        data: Buffer.from('grüße'),
      });
      const transaction = new Transaction().add(transferTo(friend, lamports), memo);
      signatures.unshift(await sendAndConfirmTransaction(connection, transaction, [payer]));
    }
    const all = await connection.getSignaturesForAddress(friend);
    expect(all.map(({ signature }) => signature)).toEqual(signatures);
    expect(all[0]).toMatchObject({ memo: '[7] grüße', err: null });
    const [first = '', second = '', third = ''] = signatures;
    const page = await connection.getSignaturesForAddress(friend, { before: first, limit: 1 });
    expect(page.map(({ signature }) => signature)).toEqual([second]);
    const until = await connection.getSignaturesForAddress(friend, { until: third });
    expect(until).toHaveLength(2);
  });

  test('simulates with replaced blockhash and sees accounts afterwards', async () => {
    const friend = Keypair.generate().publicKey;
    const message = new TransactionMessage({
      payerKey: payer.publicKey,
      recentBlockhash: PublicKey.unique().toBase58(),
      instructions: [transferTo(friend)],
    }).compileToV0Message();
    const { value } = await connection.simulateTransaction(new VersionedTransaction(message), {
      replaceRecentBlockhash: true,
      accounts: { encoding: 'base64', addresses: [friend.toBase58()] },
    });
    expect(value).toMatchObject({ err: null, unitsConsumed: 150 });
    expect(value.accounts?.[0]?.lamports).toBe(LAMPORTS_PER_SOL);
    expect(await connection.getBalance(friend)).toBe(0);
  });

  test('confirms a durable nonce transaction with the nonce strategy', async () => {
    const [nonceKey, friend] = [Keypair.generate(), Keypair.generate().publicKey];
    const create = SystemProgram.createNonceAccount({
      fromPubkey: payer.publicKey,
      noncePubkey: nonceKey.publicKey,
      authorizedPubkey: payer.publicKey,
      lamports: await connection.getMinimumBalanceForRentExemption(80),
    });
    await sendAndConfirmTransaction(connection, create, [payer, nonceKey]);
    const account = await connection.getAccountInfo(nonceKey.publicKey);
    const { nonce } = NonceAccount.fromAccountData(account?.data ?? Buffer.alloc(0));
    const advance = SystemProgram.nonceAdvance({ noncePubkey: nonceKey.publicKey, authorizedPubkey: payer.publicKey });
    const transaction = new Transaction({ feePayer: payer.publicKey, nonceInfo: { nonce, nonceInstruction: advance } });
    transaction.minNonceContextSlot = await connection.getSlot();
    transaction.add(transferTo(friend));
    await sendAndConfirmTransaction(connection, transaction, [payer]);
    expect(await connection.getBalance(friend)).toBe(LAMPORTS_PER_SOL);
  });

  test('waits for finality when asked to', async () => {
    const transaction = new Transaction().add(transferTo(Keypair.generate().publicKey));
    const signature = await sendAndConfirmTransaction(connection, transaction, [payer], { commitment: 'finalized' });
    const status = await connection.getSignatureStatus(signature);
    expect(status.value).toMatchObject({ confirmationStatus: 'finalized', confirmations: null });
  });
});

describe('subscriptions', () => {
  test('tell of an account, a program’s account, logs and slots', async () => {
    const friend = Keypair.generate().publicKey;
    const account = nextOf<AccountInfo<Buffer>>((tell) => connection.onAccountChange(friend, tell));
    const program = nextOf<string>((tell) =>
      connection.onProgramAccountChange(SystemProgram.programId, ({ accountId }) => {
        if (accountId.equals(friend)) tell(accountId.toBase58());
      }),
    );
    const logs = nextOf<Logs>((tell) => connection.onLogs(friend, tell, 'confirmed'));
    const slot = nextOf<SlotInfo>((tell) => connection.onSlotChange(tell));
    const root = nextOf<number>((tell) => connection.onRootChange(tell));
    const slots = await Promise.all([slot, root]);
    expect(slots[0].slot).toBe(slots[0].parent + 1);
    const signature = await sendAndConfirmTransaction(connection, new Transaction().add(transferTo(friend)), [payer]);
    expect(await account).toMatchObject({ lamports: LAMPORTS_PER_SOL });
    expect(await program).toBe(friend.toBase58());
    expect(await logs).toMatchObject({ signature, err: null });
  });

  test('tell at once what became of a transaction long settled', async () => {
    const transaction = new Transaction().add(transferTo(Keypair.generate().publicKey));
    const signature = await sendAndConfirmTransaction(connection, transaction, [payer]);
    const result = await nextOf<unknown>((tell) => connection.onSignature(signature, tell, 'processed'));
    expect(result).toEqual({ err: null });
  });
});

describe('tokens', () => {
  test('are minted, held and moved with unmodified spl-token', async () => {
    const friend = Keypair.generate().publicKey;
    const mint = await createMint(connection, payer, payer.publicKey, null, 6);
    const own = await getOrCreateAssociatedTokenAccount(connection, payer, mint, payer.publicKey);
    await mintTo(connection, payer, mint, own.address, payer, 5_000_000n);
    const theirs = await createAssociatedTokenAccountIdempotent(connection, payer, mint, friend);
    const signature = await transferChecked(connection, payer, own.address, mint, theirs, payer, 2_000_000n, 6);

    expect((await getAccount(connection, theirs)).amount).toBe(2_000_000n);
    const balance = await connection.getTokenAccountBalance(own.address);
    expect(balance.value).toMatchObject({ amount: '3000000', decimals: 6, uiAmountString: '3' });
    expect((await connection.getTokenSupply(mint)).value.amount).toBe('5000000');
    const largest = await connection.getTokenLargestAccounts(mint);
    expect(largest.value.map(({ amount }) => amount)).toEqual(['3000000', '2000000']);
    const owned = await connection.getParsedTokenAccountsByOwner(friend, { mint });
    expect(owned.value[0]?.account.data.parsed.info.tokenAmount.amount).toBe('2000000');
    const found = await connection.getProgramAccounts(TOKEN_PROGRAM_ID, {
      filters: [{ dataSize: ACCOUNT_SIZE }, { memcmp: { offset: 32, bytes: friend.toBase58() } }],
      dataSlice: { offset: 64, length: 8 },
    });
    expect(found).toHaveLength(1);
    expect(found[0]?.account.data.readBigUInt64LE()).toBe(2_000_000n);
    const record = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
    expect(record?.meta?.postTokenBalances?.map(({ uiTokenAmount }) => uiTokenAmount.amount).toSorted()).toEqual([
      '2000000',
      '3000000',
    ]);
  });
});

describe('genesis', () => {
  test('funds the demo wallet with SOL and tokens of a mint spl-token can read', async () => {
    expect(await connection.getBalance(DEMO.publicKey)).toBe(100 * LAMPORTS_PER_SOL);
    const mint = await getMint(connection, new PublicKey(stage.network.demoMint));
    expect(mint).toMatchObject({ decimals: 6, isInitialized: true, freezeAuthority: null, supply: 1_000_000_000_000n });
    const [held] = (await connection.getTokenAccountsByOwner(DEMO.publicKey, { mint: mint.address })).value;
    const account = await getAccount(connection, held?.pubkey ?? PublicKey.default);
    expect(account).toMatchObject({ amount: 1_000_000_000_000n, isInitialized: true, isFrozen: false });
  });

  test('shows the run programs as deployed, with their data accounts', async () => {
    const address = new PublicKey('4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7');
    const program = await connection.getAccountInfo(address);
    expect(program?.executable).toBe(true);
    const dataAddress = new PublicKey(program?.data.subarray(4) ?? []);
    const data = await connection.getAccountInfo(dataAddress);
    expect(data?.owner).toEqual(program?.owner);
    expect(data?.data.readUInt32LE()).toBe(3);
  });

  test('has the hash the client sees', async () => {
    expect(await connection.getGenesisHash()).toBe(stage.network.genesisHash);
  });
});

describe('every other call', () => {
  const address = DEMO.publicKey.toBase58();
  test.each([
    ['getHealth', [], 'ok'],
    ['getVersion', [], { 'solana-core': expect.any(String) }],
    ['getIdentity', [], { identity: expect.any(String) }],
    ['getSlot', [{ commitment: 'processed' }], expect.any(Number)],
    ['getBlockHeight', [], expect.any(Number)],
    ['getTransactionCount', [], expect.any(Number)],
    ['getFirstAvailableBlock', [], 0],
    ['minimumLedgerSlot', [], 0],
    ['getEpochInfo', [], { epoch: 0, slotsInEpoch: 432_000 }],
    ['getEpochSchedule', [], { slotsPerEpoch: 432_000, warmup: false }],
    ['getSupply', [], { value: { total: expect.any(Number) } }],
    ['getRecentPrioritizationFees', [[address]], [{ prioritizationFee: 0 }]],
    ['getBlockTime', [1], expect.any(Number)],
    ['isBlockhashValid', [address], { value: false }],
    ['getMinimumBalanceForRentExemption', [119_160], 830_244_480],
    ['getMultipleAccounts', [[address, PublicKey.default.toBase58()], { encoding: 'base64' }], { value: [{}, {}] }],
    [
      'getAccountInfo',
      [address, { encoding: 'base64+zstd' }],
      { value: { data: [expect.any(String), 'base64+zstd'] } },
    ],
    ['getAccountInfo', [address, { encoding: 'base58' }], { value: { data: ['', 'base58'], space: 0 } }],
    ['getBalance', [address, null], { context: { slot: expect.any(Number) } }],
  ])('%s %j is answered', async (method, params, result) => {
    expect(await callRpc(stage.network.rpcUrl, method, params)).toMatchObject({ result });
  });

  test.each([
    ['getNothing', [], -32601],
    ['slotSubscribe', [], -32601],
    ['getBalance', [], -32602],
    ['getBalance', ['0OIl'], -32602],
    ['getBalance', [address, { minContextSlot: 10 ** 12 }], -32016],
    ['getBalance', [address, { commitment: 'recent' }], -32602],
    ['getMultipleAccounts', [new Array(101).fill(address)], -32602],
    ['getProgramAccounts', [address, { filters: [{ memcmp: { offset: 0, bytes: '0' } }] }], -32602],
    ['getTokenSupply', [address], -32602],
    ['sendTransaction', ['AAAA', { encoding: 'base64' }], -32602],
    ['sendTransaction', ['!', { encoding: 'base64' }], -32602],
    ['sendTransaction', [Buffer.alloc(1233).toString('base64'), { encoding: 'base64' }], -32602],
    ['simulateTransaction', ['', { encoding: 'base64' }], -32602],
    ['requestAirdrop', [address, -1], -32602],
    ['getBlockTime', [10 ** 12], -32602],
  ])('%s %j is refused with %d', async (method, params, code) => {
    expect(await callRpc(stage.network.rpcUrl, method, params)).toMatchObject({ error: { code } });
  });

  test('more than 128 bytes are not answered in base58', async () => {
    const [held] = (
      await connection.getTokenAccountsByOwner(DEMO.publicKey, { mint: new PublicKey(stage.network.demoMint) })
    ).value;
    const params = [held?.pubkey.toBase58(), { encoding: 'base58' }];
    const refused = { error: { code: -32602, message: expect.stringContaining('Base64') } };
    expect(await callRpc(stage.network.rpcUrl, 'getAccountInfo', params)).toMatchObject(refused);
  });

  test('rent epochs keep all their digits', async () => {
    const response = await fetch(stage.network.rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 'x', method: 'getAccountInfo', params: [address] }),
    });
    expect(await response.text()).toContain('"rentEpoch":18446744073709551615');
  });
});

describe('the stage', () => {
  test('moves the clock, sets its speed, pours and begins again', async () => {
    const { rpcUrl } = stage.network;
    const before = (await callRpc(rpcUrl, 'practice_getClock')) as { result: { unixTimestamp: number; speed: number } };
    expect(before.result.speed).toBe(1);
    const moved = await callRpc(rpcUrl, 'practice_advance', [{ seconds: 86_400 }]);
    expect(moved).toMatchObject({ result: { speed: 1 } });
    const { result } = moved as { result: { unixTimestamp: number } };
    expect(result.unixTimestamp - before.result.unixTimestamp).toBeGreaterThanOrEqual(86_400);
    expect(await callRpc(rpcUrl, 'practice_setSpeed', [{ speed: 60 }])).toMatchObject({ result: { speed: 60 } });
    expect(await callRpc(rpcUrl, 'practice_setSpeed', [{ speed: -1 }])).toMatchObject({ error: { code: -32602 } });
    expect(await callRpc(rpcUrl, 'practice_advance', [{ seconds: -5 }])).toMatchObject({ error: { code: -32602 } });
    const friend = Keypair.generate().publicKey.toBase58();
    const lamports = '9007199254740993';
    expect(await callRpc(rpcUrl, 'practice_faucet', [{ address: friend, lamports }])).toMatchObject({ result: {} });
    expect(stage.network.chain.account(parseAddress(friend))?.lamports).toBe(9_007_199_254_740_993n);
    const tooMuch = await callRpc(rpcUrl, 'practice_faucet', [{ address: friend, lamports: '18446744073709551615' }]);
    expect(tooMuch).toMatchObject({ error: { code: -32602 } });
    const hash = await connection.getGenesisHash();
    const reset = await callRpc(rpcUrl, 'practice_reset');
    expect(reset).toMatchObject({ result: { genesisHash: await connection.getGenesisHash() } });
    expect(await connection.getGenesisHash()).not.toBe(hash);
  });
});
