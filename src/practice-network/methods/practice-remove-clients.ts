import { z } from 'zod';
import { MAX_SIMULATED_CLIENTS } from '../actors/simulated-clients.ts';
import { defineMethod } from './define-method.ts';
import { AddressParam } from './params.ts';
import { RunIdParam } from './practice-add-clients.ts';

/**
 * Lets simulated clients of a run go, all of them or those named: at the end of the epoch they are in, or by falling
 * silent at once. The answer is the addresses of those concerned; they stay listed until the run is done with them.
 */
export const practiceRemoveClients = defineMethod(
  z.tuple([
    z.strictObject({
      runId: RunIdParam,
      addresses: z.array(AddressParam).max(MAX_SIMULATED_CLIENTS).optional(),
      how: z.enum(['leave', 'drop-out']).default('leave'),
    }),
  ]),
  ([{ runId, addresses, how }], _chain, clients) => ({ clients: clients.remove(runId, how, addresses) }),
);
