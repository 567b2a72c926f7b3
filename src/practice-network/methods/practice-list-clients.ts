import { z } from 'zod';
import { defineMethod } from './define-method.ts';
import { RunIdParam } from './practice-add-clients.ts';

/** Every simulated client, or those of one run, and what each is about. */
export const practiceListClients = defineMethod(
  z.union([z.tuple([]), z.tuple([z.strictObject({ runId: RunIdParam.optional() })])]),
  ([filter], _chain, clients) =>
    // Points as digits: they are 64 bits wide and meant for pages too.
    clients.list(filter?.runId).map((report) => ({ ...report, earned: report.earned.toString() })),
);
