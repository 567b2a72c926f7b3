import type { EpochClient } from '#core/layouts/generated/coordinator.ts';
import { addressFromBytes, addressToBytes } from '#core/solana/address.ts';
import { clientJson } from './dump-run.ts';
import type { RunFacts, TreasurerFacts, UserFacts } from './run-facts.ts';
import type { JsonValue } from './stringify-json.ts';
import { uiFromNative } from './ui-amount.ts';

/** What `json-dump-user` prints for a wallet. Matches by the whole wallet, unlike the run's dump. Source: PROTOCOL.md §11. */
export function dumpUser({ account, treasurer }: RunFacts, user: UserFacts): JsonValue {
  const { coordinator, clients_state: known } = account.value.state;
  const wallet = addressToBytes(user.address);
  const isUser = ({ id }: { readonly id: { readonly signer: Uint8Array } }) =>
    id.signer.every((byte, index) => byte === wallet[index]);
  const client = known.clients.find(isUser);
  return {
    address: user.address,
    lamports: user.lamports,
    coordinator_account: {
      client: client ? clientJson(client) : null,
      epoch_alive: epochClientJson(coordinator.epoch_state.clients.find(isUser)),
      epoch_exited: epochClientJson(coordinator.epoch_state.exited_clients.find(isUser)),
    },
    treasurer_participant: treasurer && participantJson(treasurer, user),
  };
}

function participantJson({ run, decimals }: TreasurerFacts, { collateral, participant }: UserFacts): JsonValue {
  return {
    collateral_mint: addressFromBytes(run.collateral_mint),
    collateral_amount: uiFromNative(collateral, decimals),
    claimed_earned_points: participant && participant.claimed_earned_points,
    claimed_collateral_amount: participant && uiFromNative(participant.claimed_collateral_amount, decimals),
  };
}

function epochClientJson(client: EpochClient | undefined): JsonValue {
  return client ? { state: client.state, exited_height: BigInt(client.exited_height) } : null;
}
