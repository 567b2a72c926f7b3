import {
  AddressLookupTableProgram,
  type Connection,
  Keypair,
  LAMPORTS_PER_SOL,
  type PublicKey,
  SystemProgram,
  type TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NATIVE_ENGINES } from '#practice/runtime/native/create-native-executor.ts';
import { startTestNetwork } from './start-test-network.ts';

describe.each(NATIVE_ENGINES)('lookup tables on the %s engine', (engine) => {
  let stage: Awaited<ReturnType<typeof startTestNetwork>>;
  let connection: Connection;
  let payer: Keypair;
  beforeAll(async () => {
    stage = await startTestNetwork({ slotMs: 200, engine });
    connection = stage.connection;
    payer = await stage.wallet(100);
  });
  afterAll(async () => {
    await stage.network.close();
    expect(stage.notices).toEqual([]);
  });

  async function transactionOf(
    instructions: readonly TransactionInstruction[],
    tables: readonly PublicKey[] = [],
  ): Promise<VersionedTransaction> {
    const { blockhash } = await connection.getLatestBlockhash();
    const found = await Promise.all(tables.map((table) => connection.getAddressLookupTable(table)));
    const message = new TransactionMessage({
      payerKey: payer.publicKey,
      recentBlockhash: blockhash,
      instructions: [...instructions],
    }).compileToV0Message(found.flatMap(({ value }) => value ?? []));
    const transaction = new VersionedTransaction(message);
    transaction.sign([payer]);
    return transaction;
  }

  async function send(...what: Parameters<typeof transactionOf>): Promise<string> {
    const signature = await connection.sendTransaction(await transactionOf(...what));
    const { value } = await connection.confirmTransaction({ signature, ...(await connection.getLatestBlockhash()) });
    expect(value.err).toBeNull();
    return signature;
  }

  /** The words of a transaction that is refused. */
  async function refusal(...what: Parameters<typeof transactionOf>): Promise<string> {
    const transaction = await transactionOf(...what);
    return connection.sendTransaction(transaction).then(
      () => 'it landed',
      (error: unknown) => String(error),
    );
  }

  /** The slot of the newest table: two of one authority made for the same slot would be one. */
  let newestTable = 0;

  /** A new table of the payer with these addresses, ready for use. */
  async function createTable(addresses: PublicKey[], recentSlot?: number): Promise<PublicKey> {
    const authority = payer.publicKey;
    const slot = recentSlot ?? Math.max(await connection.getSlot('finalized'), newestTable + 1);
    newestTable = slot;
    const [create, lookupTable] = AddressLookupTableProgram.createLookupTable({
      authority,
      payer: authority,
      recentSlot: slot,
    });
    const extend = AddressLookupTableProgram.extendLookupTable({ lookupTable, authority, payer: authority, addresses });
    await send([create, extend]);
    return lookupTable;
  }

  const transferTo = (toPubkey: PublicKey) =>
    SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey, lamports: LAMPORTS_PER_SOL });

  test('a transaction takes its accounts from a table that was just made, and says so afterwards', async () => {
    const [friend, idle] = [Keypair.generate().publicKey, Keypair.generate().publicKey];
    const table = await createTable([idle, friend, SystemProgram.programId]);
    const { value } = await connection.getAddressLookupTable(table);
    expect(value?.state.addresses).toEqual([idle, friend, SystemProgram.programId]);
    const signature = await send([transferTo(friend)], [table]);
    expect(await connection.getBalance(friend)).toBe(LAMPORTS_PER_SOL);

    const found = await connection.getTransaction(signature, { maxSupportedTransactionVersion: 0 });
    expect(found?.meta?.loadedAddresses).toEqual({ writable: [friend], readonly: [] });
    expect(found?.transaction.message.addressTableLookups).toMatchObject([
      { accountKey: table, writableIndexes: [1], readonlyIndexes: [] },
    ]);
    expect(found?.meta?.postBalances).toHaveLength(3);
    const parsed = await connection.getParsedTransaction(signature, { maxSupportedTransactionVersion: 0 });
    expect(parsed?.transaction.message.accountKeys.at(-1)).toMatchObject({
      pubkey: friend,
      writable: true,
      signer: false,
      source: 'lookupTable',
    });
    const [mentioned] = await connection.getSignaturesForAddress(friend);
    expect(mentioned?.signature).toBe(signature);
  });

  test('the newest slot a client is told of is good for a table; one it was never told of is not', async () => {
    await createTable([Keypair.generate().publicKey], await connection.getSlot('processed'));
    const authority = payer.publicKey;
    const recentSlot = (await connection.getSlot('processed')) + 1_000;
    const [create] = AddressLookupTableProgram.createLookupTable({ authority, payer: authority, recentSlot });
    expect(await refusal([create])).toContain('is not a recent slot');
  });

  test('a read-only account from a table stays read-only', async () => {
    const friend = Keypair.generate().publicKey;
    const table = await createTable([friend]);
    const transaction = await transactionOf([transferTo(friend)], [table]);
    const [lookup] = transaction.message.addressTableLookups;
    lookup?.readonlyIndexes.push(...lookup.writableIndexes.splice(0));
    transaction.sign([payer]);
    const { value } = await connection.simulateTransaction(transaction);
    expect(value.err).toEqual({ InstructionError: [0, 'ReadonlyLamportChange'] });
  });

  test('what is no table, not in the table, or twice in the transaction is refused as a validator does', async () => {
    const friend = Keypair.generate().publicKey;
    const table = await createTable([friend, payer.publicKey]);
    const changed = async (change: (lookup: { accountKey: PublicKey; writableIndexes: number[] }) => void) => {
      const transaction = await transactionOf([transferTo(friend)], [table]);
      const [lookup] = transaction.message.addressTableLookups;
      if (lookup) change(lookup);
      transaction.sign([payer]);
      return (await connection.simulateTransaction(transaction)).value.err;
    };
    const setTable = (key: PublicKey) => changed((lookup) => Object.assign(lookup, { accountKey: key }));
    expect(await setTable(Keypair.generate().publicKey)).toBe('AddressLookupTableNotFound');
    expect(await setTable(payer.publicKey)).toBe('InvalidAddressLookupTableOwner');
    expect(await changed((lookup) => lookup.writableIndexes.fill(2))).toBe('InvalidAddressLookupTableIndex');
    expect(await changed((lookup) => lookup.writableIndexes.push(0))).toBe('AccountLoadedTwice');
    expect(await changed((lookup) => lookup.writableIndexes.push(1))).toBe('AccountLoadedTwice');
  });

  test('a table that is switched off works a while longer, and is closed after that', async () => {
    const [friend, authority] = [Keypair.generate().publicKey, payer.publicKey];
    const lookupTable = await createTable([friend]);
    await send([AddressLookupTableProgram.deactivateLookupTable({ lookupTable, authority })]);
    await send([transferTo(friend)], [lookupTable]);
    const close = AddressLookupTableProgram.closeLookupTable({ lookupTable, authority, recipient: authority });
    expect(await refusal([close])).toContain('Table cannot be closed until it');
  });
});
