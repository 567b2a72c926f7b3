import type { RunClient } from '#core/layouts/generated/coordinator.ts';
import type { RunState } from './draft.ts';
import { isSameSigner } from './identity.ts';

/**
 * Pays the epoch's points. One walk over the known clients with a cursor into those who finished and one into those who
 * left; a cursor advances only on a match, so whoever left out of order is skipped. Source: PROTOCOL §9.1.
 */
export function payRewards({ coordinator, clients_state: clientsState }: RunState): void {
  const { clients: finished, exited_clients: exited } = coordinator.epoch_state;
  const rates = clientsState.current_epoch_rates;
  let finishedAt = 0;
  let exitedAt = 0;
  clientsState.clients = clientsState.clients.map((client): RunClient => {
    let { earned, slashed } = client;
    const finisher = finished[finishedAt];
    if (finisher !== undefined && isSameSigner(client.id, finisher.id)) {
      if (finisher.state === 'Healthy') earned += rates.earning_rate_total_shared / BigInt(finished.length);
      finishedAt += 1;
    }
    const leaver = exited[exitedAt];
    if (leaver !== undefined && isSameSigner(client.id, leaver.id)) {
      if (leaver.state === 'Ejected') slashed += rates.slashing_rate_per_client;
      exitedAt += 1;
    }
    return earned === client.earned && slashed === client.slashed ? client : { ...client, earned, slashed };
  });
}
