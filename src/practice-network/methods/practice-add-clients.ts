import { z } from 'zod';
import { MAX_CLIENTS } from '#core/layouts/programs.ts';
import { ClientScript } from '../actors/client-record.ts';
import { MAX_SIMULATED_CLIENTS } from '../actors/simulated-clients.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';
import { defineMethod } from './define-method.ts';

/** The id of a run, whose length its address limits. */
export const RunIdParam = z.string().refine((text) => Buffer.byteLength(text) <= 32, 'more than 32 bytes');

/** Adds simulated clients to a run; the answer is their addresses. Without authorization they keep asking to be let in. */
export const practiceAddClients = defineMethod(
  z.tuple([
    z.strictObject({
      runId: RunIdParam,
      count: z.number().int().min(1).max(MAX_CLIENTS),
      script: ClientScript.default(ClientScript.parse({})),
    }),
  ]),
  ([{ runId, count, script }], _chain, clients) => {
    if (!clients.hasRun(runId)) throw new RpcError(RPC_CODES.invalidParams, 'No run with this id');
    if (clients.count() + count > MAX_SIMULATED_CLIENTS) {
      throw new RpcError(RPC_CODES.invalidParams, `At most ${MAX_SIMULATED_CLIENTS} clients at a time`);
    }
    return { clients: clients.add(runId, count, script) };
  },
);
