import type { Authorization } from '#core/layouts/generated/authorizer.ts';
import { AUTHORIZATION_CLOSE_DELAY_SECONDS } from '#core/layouts/programs.ts';
import type { AuthorizationClosing } from './authorization-view.ts';

/**
 * When an authorization can be closed: inactive, and with delegates 30 days after the grantor last switched it. Deactivating
 * it counts as such a switch. Source: PROTOCOL.md §4.3.
 *
 * @param clusterTime - unix seconds
 */
export function closingOf(
  { active, delegates, grantor_update_unix_timestamp: updatedAt }: Authorization,
  clusterTime: number,
): AuthorizationClosing {
  const waitSeconds = delegates.length === 0 ? 0 : AUTHORIZATION_CLOSE_DELAY_SECONDS;
  if (active) return { kind: 'deactivate-first', waitSeconds };
  const unixTime = Number(updatedAt) + waitSeconds;
  return waitSeconds > 0 && clusterTime < unixTime ? { kind: 'from', unixTime } : { kind: 'now' };
}

/** Unix seconds → “2026-11-22 16:00:05 UTC”. Out of the calendar's reach the seconds stay. */
export function formatUtc(unixTime: number): string {
  const date = new Date(unixTime * 1000);
  if (Number.isNaN(date.getTime())) return `unix time ${unixTime}`;
  return `${date.toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
