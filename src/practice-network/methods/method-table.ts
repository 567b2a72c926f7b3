import { RPC_CODES, RpcError } from '../json-rpc.ts';
import type { SimulatedClients } from '../actors/simulated-clients.ts';
import type { Chain } from '../chain/chain.ts';
import type { JsonValue } from '../write-json.ts';
import type { RpcMethod } from './define-method.ts';
import { getAccountInfo } from './get-account-info.ts';
import { getBalance } from './get-balance.ts';
import { getBlockHeight } from './get-block-height.ts';
import { getBlockTime } from './get-block-time.ts';
import { getEpochInfo } from './get-epoch-info.ts';
import { getEpochSchedule } from './get-epoch-schedule.ts';
import { getFeeForMessage } from './get-fee-for-message.ts';
import { getFirstAvailableBlock } from './get-first-available-block.ts';
import { getGenesisHash } from './get-genesis-hash.ts';
import { getHealth } from './get-health.ts';
import { getIdentity } from './get-identity.ts';
import { getLatestBlockhash } from './get-latest-blockhash.ts';
import { getMinimumBalanceForRentExemption } from './get-minimum-balance-for-rent-exemption.ts';
import { getMultipleAccounts } from './get-multiple-accounts.ts';
import { getProgramAccounts } from './get-program-accounts.ts';
import { getRecentPrioritizationFees } from './get-recent-prioritization-fees.ts';
import { getSignatureStatuses } from './get-signature-statuses.ts';
import { getSignaturesForAddress } from './get-signatures-for-address.ts';
import { getSlot } from './get-slot.ts';
import { getSupply } from './get-supply.ts';
import { getTokenAccountBalance } from './get-token-account-balance.ts';
import { getTokenAccountsByOwner } from './get-token-accounts-by-owner.ts';
import { getTokenLargestAccounts } from './get-token-largest-accounts.ts';
import { getTokenSupply } from './get-token-supply.ts';
import { getTransactionCount } from './get-transaction-count.ts';
import { getTransaction } from './get-transaction.ts';
import { getVersion } from './get-version.ts';
import { isBlockhashValid } from './is-blockhash-valid.ts';
import { minimumLedgerSlot } from './minimum-ledger-slot.ts';
import { practiceAddClients } from './practice-add-clients.ts';
import { practiceAdvance } from './practice-advance.ts';
import { practiceCreateMint } from './practice-create-mint.ts';
import { practiceFaucet } from './practice-faucet.ts';
import { practiceGetClock } from './practice-get-clock.ts';
import { practiceListClients } from './practice-list-clients.ts';
import { practiceRemoveClients } from './practice-remove-clients.ts';
import { practiceReset } from './practice-reset.ts';
import { practiceSetSpeed } from './practice-set-speed.ts';
import { requestAirdrop } from './request-airdrop.ts';
import { sendTransaction } from './send-transaction.ts';
import { simulateTransaction } from './simulate-transaction.ts';

/** Every method served over HTTP, by the name clients call. Those of this network alone begin with `practice_`. */
const METHODS: ReadonlyMap<string, RpcMethod> = new Map(
  Object.entries({
    getAccountInfo,
    getBalance,
    getBlockHeight,
    getBlockTime,
    getEpochInfo,
    getEpochSchedule,
    getFeeForMessage,
    getFirstAvailableBlock,
    getGenesisHash,
    getHealth,
    getIdentity,
    getLatestBlockhash,
    getMinimumBalanceForRentExemption,
    getMultipleAccounts,
    getProgramAccounts,
    getRecentPrioritizationFees,
    getSignatureStatuses,
    getSignaturesForAddress,
    getSlot,
    getSupply,
    getTokenAccountBalance,
    getTokenAccountsByOwner,
    getTokenLargestAccounts,
    getTokenSupply,
    getTransactionCount,
    getTransaction,
    getVersion,
    isBlockhashValid,
    minimumLedgerSlot,
    practice_addClients: practiceAddClients,
    practice_advance: practiceAdvance,
    practice_createMint: practiceCreateMint,
    practice_faucet: practiceFaucet,
    practice_getClock: practiceGetClock,
    practice_listClients: practiceListClients,
    practice_removeClients: practiceRemoveClients,
    practice_reset: practiceReset,
    practice_setSpeed: practiceSetSpeed,
    requestAirdrop,
    sendTransaction,
    simulateTransaction,
  }),
);

/** Every name served, for tests that go through all of them. */
export const METHOD_NAMES: readonly string[] = [...METHODS.keys()];

/**
 * Answers one request.
 *
 * @throws RpcError −32601 when the method is not served
 */
export function answerMethod(method: string, params: unknown, chain: Chain, clients: SimulatedClients): JsonValue {
  const serve = METHODS.get(method);
  if (!serve) throw new RpcError(RPC_CODES.methodNotFound, 'Method not found');
  return serve(params, chain, clients);
}
