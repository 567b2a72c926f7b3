import { expect, test } from 'vitest';
import { countActivities } from './client-activity.ts';

test('counts clients by what they are about, in the order of an epoch, without empty places', () => {
  expect(countActivities(['training', 'joined', 'training', 'dropped-out'])).toEqual([
    { activity: 'joined', count: 1 },
    { activity: 'training', count: 2 },
    { activity: 'dropped-out', count: 1 },
  ]);
  expect(countActivities([])).toEqual([]);
});
