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

/** Counts clients by what each is about, in the order in which a client goes through it. */
export function countActivities(activities: readonly ClientActivity[]): ClientCounts {
  return ClientActivity.options.flatMap((activity) => {
    const count = activities.filter((one) => one === activity).length;
    return count === 0 ? [] : [{ activity, count }];
  });
}
