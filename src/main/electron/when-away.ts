import type { PowerApi } from './electron-api.ts';

/**
 * Calls `onAway` when nobody sits here any more: the machine sleeps, or its screen is locked. On Linux the clock that approvals
 * end by stands still in sleep.
 */
export function whenAway(power: PowerApi, onAway: () => void): void {
  power.on('suspend', onAway);
  power.on('lock-screen', onAway);
}
