import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { AccountLayout, getAccount } from '@solana/spl-token';
import { Connection, type Keypair, PublicKey, Transaction, TransactionInstruction } from '@solana/web3.js';
import {
  associatedTokenAddress,
  authorizationAddress,
  coordinatorInstanceAddress,
  treasurerIndexOf,
  treasurerRunAddress,
} from '#core/layouts/addresses.ts';
import { encodeInstruction, instructionAccounts } from '#core/codec/instruction-codec.ts';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { COORDINATOR_ACCOUNT_SIZE, decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { Authorization } from '#core/layouts/generated/authorizer.ts';
import type { CoordinatorAccount, CoordinatorInstance } from '#core/layouts/generated/coordinator.ts';
import type { Run } from '#core/layouts/generated/treasurer.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { addressFromBytes } from '#core/solana/address.ts';

/** A run as an ordinary Solana client outside the app finds it. */
export async function readRunFromOutside(rpcUrl: string, runId: string): Promise<CoordinatorAccount | undefined> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const instance = await readInstance(connection, runId);
  if (!instance) return undefined;
  const found = await connection.getAccountInfo(new PublicKey(instance.coordinator_account));
  return found ? decodeCoordinatorAccount(found.data) : undefined;
}

async function readInstance(connection: Connection, runId: string): Promise<CoordinatorInstance | undefined> {
  const found = await connection.getAccountInfo(new PublicKey(coordinatorInstanceAddress(runId).address));
  return found
    ? (decodeAccount('coordinator', 'CoordinatorInstance', found.data).value as CoordinatorInstance)
    : undefined;
}

/**
 * Joins a run with a wallet of one's own, which pays for it.
 *
 * @param grantee - whose authorization it comes in by; without it the one for everybody
 */
export async function joinFromOutside(
  rpcUrl: string,
  runId: string,
  client: Keypair,
  grantee?: PublicKey,
): Promise<void> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const instance = await readInstance(connection, runId);
  if (!instance) throw new Error(`there is no run ${runId}`);
  const keys: Readonly<Record<string, PublicKey>> = {
    user: client.publicKey,
    authorization: new PublicKey(
      authorizationAddress(
        addressFromBytes(instance.join_authority),
        grantee ? addressFromBytes(grantee.toBytes()) : SYSTEM_PROGRAM,
      ).address,
    ),
    coordinator_instance: new PublicKey(coordinatorInstanceAddress(runId).address),
    coordinator_account: new PublicKey(instance.coordinator_account),
  };
  const join = new TransactionInstruction({
    programId: new PublicKey(DEFAULT_PROGRAM_IDS.coordinator),
    keys: instructionAccounts('coordinator', 'join_run').map(({ name, isSigner, isWritable }) => {
      const pubkey = keys[name];
      if (!pubkey) throw new Error(`join_run needs ${name}`);
      return { pubkey, isSigner, isWritable };
    }),
    data: Buffer.from(
      encodeInstruction('coordinator', 'join_run', {
        params: { client_id: { signer: client.publicKey.toBytes(), p2p_identity: new Uint8Array(32) } },
      }),
    ),
  });
  await landed(connection, await connection.sendTransaction(new Transaction().add(join), [client]));
}

/** Asks until a transaction is confirmed. The subscription of web3.js would go on knocking at a network that is gone. */
export async function landed(connection: Connection, signature: string): Promise<void> {
  for (const endsAt = Date.now() + 10_000; Date.now() < endsAt;) {
    const { value } = await connection.getSignatureStatus(signature);
    if (value?.err) throw new Error(JSON.stringify(value.err));
    if (value?.confirmationStatus === 'confirmed' || value?.confirmationStatus === 'finalized') return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${signature} was not confirmed`);
}

/** Whether and for whom a join authority lets a user join; nothing when it never did. */
export async function readAuthorizationFromOutside(
  rpcUrl: string,
  grantor: PublicKey,
  grantee: PublicKey,
): Promise<Authorization | undefined> {
  const { address } = authorizationAddress(addressFromBytes(grantor.toBytes()), addressFromBytes(grantee.toBytes()));
  const found = await new Connection(rpcUrl, 'confirmed').getAccountInfo(new PublicKey(address));
  return found ? (decodeAccount('authorizer', 'Authorization', found.data).value as Authorization) : undefined;
}

/** The accounts of a run, by their addresses. */
export async function placeOfRunFromOutside(
  rpcUrl: string,
  runId: string,
): Promise<{ instance: PublicKey; account: PublicKey; mainAuthority: PublicKey; joinAuthority: PublicKey }> {
  const found = await readInstance(new Connection(rpcUrl, 'confirmed'), runId);
  if (!found) throw new Error(`there is no run ${runId}`);
  return {
    instance: new PublicKey(coordinatorInstanceAddress(runId).address),
    account: new PublicKey(found.coordinator_account),
    mainAuthority: new PublicKey(found.main_authority),
    joinAuthority: new PublicKey(found.join_authority),
  };
}

/** Native units that a wallet holds of the token a run rewards with; none without a token account. */
export async function readRewardsFromOutside(rpcUrl: string, runId: string, wallet: PublicKey): Promise<bigint> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const { mint } = await readTreasury(connection, runId);
  const { value } = await connection.getTokenAccountsByOwner(wallet, { mint: new PublicKey(mint) });
  return value.reduce((sum, { account }) => sum + AccountLayout.decode(account.data).amount, 0n);
}

/** How many coordinator accounts there are on a cluster, whatever their runs. */
export async function countRunsFromOutside(rpcUrl: string): Promise<number> {
  const accounts = await new Connection(rpcUrl, 'confirmed').getProgramAccounts(
    new PublicKey(DEFAULT_PROGRAM_IDS.coordinator),
    { dataSlice: { offset: 0, length: 0 }, filters: [{ dataSize: COORDINATOR_ACCOUNT_SIZE }] },
  );
  return accounts.length;
}

async function readTreasury(connection: Connection, runId: string) {
  const { address } = treasurerRunAddress(treasurerIndexOf(runId));
  const treasurer = await connection.getAccountInfo(new PublicKey(address));
  if (!treasurer) throw new Error(`run ${runId} has no treasurer`);
  const run = decodeAccount('treasurer', 'Run', treasurer.data).value as Run;
  return { address, mint: addressFromBytes(run.collateral_mint) };
}

/** Native units in the vault of a run whose treasurer index is the derived one. */
export async function readVaultFromOutside(rpcUrl: string, runId: string): Promise<bigint> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const { address, mint } = await readTreasury(connection, runId);
  const vault = associatedTokenAddress(address, mint);
  return (await getAccount(connection, new PublicKey(vault.address), 'confirmed')).amount;
}
