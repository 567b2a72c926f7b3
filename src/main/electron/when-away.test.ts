import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { whenAway } from './when-away.ts';

test('tells that the machine sleeps and that its screen is locked, and nothing when it wakes', () => {
  const power = new EventEmitter();
  const told: string[] = [];
  whenAway(power, () => void told.push('away'));
  power.emit('resume');
  power.emit('unlock-screen');
  expect(told).toEqual([]);
  power.emit('suspend');
  power.emit('lock-screen');
  expect(told).toEqual(['away', 'away']);
});
