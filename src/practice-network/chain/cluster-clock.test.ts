import { describe, expect, test } from 'vitest';
import { createClusterClock, startingAnchors } from './cluster-clock.ts';

function clockAt(startMs: number) {
  const host = { ms: startMs };
  const now = () => host.ms;
  return { host, now, clock: createClusterClock({ now, slotMs: 200, anchors: startingAnchors(startMs) }) };
}

describe('the cluster clock', () => {
  test('counts a slot for every 200 ms of the host', () => {
    const { host, clock } = clockAt(1_772_000_000_000);
    expect(clock.time()).toEqual({ slot: 1n, unixTimestamp: 1_772_000_000n });
    host.ms += 999;
    expect(clock.time()).toEqual({ slot: 5n, unixTimestamp: 1_772_000_000n });
    host.ms += 1;
    expect(clock.time()).toEqual({ slot: 6n, unixTimestamp: 1_772_000_001n });
  });

  test('ends a slot with every commit, on top of those that time ends', () => {
    const { host, clock } = clockAt(0);
    clock.endSlot();
    clock.endSlot();
    host.ms += 200;
    expect(clock.time().slot).toBe(4n);
  });

  test('moves cluster time without moving slots', () => {
    const { clock } = clockAt(0);
    clock.advance(3600);
    expect(clock.time()).toEqual({ slot: 1n, unixTimestamp: 3600n });
  });

  test('runs cluster time faster from the moment it is told to', () => {
    const { host, clock } = clockAt(0);
    host.ms += 10_000;
    clock.setSpeed(60);
    host.ms += 10_000;
    expect(clock.time().unixTimestamp).toBe(610n);
    clock.setSpeed(0);
    host.ms += 10_000;
    expect(clock.time()).toEqual({ slot: 151n, unixTimestamp: 610n });
  });

  test('never runs backwards, whatever the host does', () => {
    const { host, clock } = clockAt(100_000);
    host.ms += 50_000;
    const before = clock.time();
    host.ms = 0;
    expect(clock.time()).toEqual(before);
  });

  test('goes on from its anchors', () => {
    const { host, now, clock } = clockAt(0);
    clock.advance(100);
    clock.endSlot();
    host.ms += 1000;
    const resumed = createClusterClock({ now, slotMs: 200, anchors: clock.anchors() });
    expect(resumed.time()).toEqual(clock.time());
  });
});
