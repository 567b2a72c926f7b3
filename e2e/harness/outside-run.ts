import { Connection, PublicKey } from '@solana/web3.js';
import { getAccount } from '@solana/spl-token';
import {
  associatedTokenAddress,
  coordinatorInstanceAddress,
  treasurerIndexOf,
  treasurerRunAddress,
} from '#core/layouts/addresses.ts';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount, CoordinatorInstance } from '#core/layouts/generated/coordinator.ts';
import type { Run } from '#core/layouts/generated/treasurer.ts';
import { addressFromBytes } from '#core/solana/address.ts';

/** A run as an ordinary Solana client outside the app finds it. */
export async function readRunFromOutside(rpcUrl: string, runId: string): Promise<CoordinatorAccount | undefined> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const instance = await connection.getAccountInfo(new PublicKey(coordinatorInstanceAddress(runId).address));
  if (!instance) return undefined;
  const { coordinator_account: account } = decodeAccount('coordinator', 'CoordinatorInstance', instance.data)
    .value as CoordinatorInstance;
  const found = await connection.getAccountInfo(new PublicKey(account));
  return found ? decodeCoordinatorAccount(found.data) : undefined;
}

/** Native units in the vault of a run whose treasurer index is the derived one. */
export async function readVaultFromOutside(rpcUrl: string, runId: string): Promise<bigint> {
  const connection = new Connection(rpcUrl, 'confirmed');
  const { address } = treasurerRunAddress(treasurerIndexOf(runId));
  const treasurer = await connection.getAccountInfo(new PublicKey(address));
  if (!treasurer) throw new Error(`run ${runId} has no treasurer`);
  const run = decodeAccount('treasurer', 'Run', treasurer.data).value as Run;
  const vault = associatedTokenAddress(address, addressFromBytes(run.collateral_mint));
  return (await getAccount(connection, new PublicKey(vault.address), 'confirmed')).amount;
}
