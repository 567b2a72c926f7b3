import { Connection, PublicKey } from '@solana/web3.js';
import { coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorAccount, CoordinatorInstance } from '#core/layouts/generated/coordinator.ts';

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
