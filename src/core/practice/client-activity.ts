import { z } from 'zod';

/** What a simulated client of the practice network is about, in a word. */
export const ClientActivity = z.enum([
  'no-run',
  'waiting',
  'joining',
  'joined',
  'warming-up',
  'training',
  'witnessing',
  'cooling-down',
  'leaving',
  'dropped-out',
]);
export type ClientActivity = z.output<typeof ClientActivity>;

/** The simulated clients of a run, counted by what they are about; only activities that some client is about. */
export const ClientCounts = z.array(z.strictObject({ activity: ClientActivity, count: z.number().int().positive() }));
export type ClientCounts = z.output<typeof ClientCounts>;

/** What the network keeps simulated clients from doing, and why, in words; as of their last attempt. */
export const ClientRefusal = z.strictObject({
  /** The instruction that was refused, as the program names it. */
  instruction: z.string(),
  /** Clients it was refused for this reason. */
  count: z.number().int().positive(),
  /** Name of the error in the program's or the cluster's source. */
  name: z.string(),
  cause: z.string(),
  remedy: z.string(),
  /** They may not join: nobody allowed them to. */
  isUnauthorized: z.boolean(),
});
export type ClientRefusal = z.output<typeof ClientRefusal>;

/** What a run page shows of the simulated clients of its run. */
export const SimulatedClients = z.strictObject({ counts: ClientCounts, refusals: z.array(ClientRefusal) });
export type SimulatedClients = z.output<typeof SimulatedClients>;

/** Counts clients by what each is about, in the order in which a client goes through it. */
export function countActivities(activities: readonly ClientActivity[]): ClientCounts {
  return ClientActivity.options.flatMap((activity) => {
    const count = activities.filter((one) => one === activity).length;
    return count === 0 ? [] : [{ activity, count }];
  });
}
