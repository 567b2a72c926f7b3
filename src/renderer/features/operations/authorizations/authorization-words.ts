import type { AuthorizationClosing } from '#core/authorizations/authorization-view.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { formatMoment, formatSeconds } from '#renderer/lib/durations.ts';

/** The rule of the authorizer program for closing. Source: PROTOCOL §4.3. */
export const CLOSING_RULE =
  'An inactive authorization without delegates can be closed at once. One with delegates can be closed 30 days after its join authority last switched it on or off; every switch starts the 30 days anew.';

/** “Anyone”, the operator's name for an address, or the address shortened. */
export function whoWords(grantee: string, labels: ReadonlyMap<string, string>): string {
  if (grantee === SYSTEM_PROGRAM) return 'Anyone';
  return labels.get(grantee) ?? `${grantee.slice(0, 4)}…${grantee.slice(-5)}`;
}

/** Time since a moment in its largest unit: `12 d ago`. Both in unix seconds; a moment ahead of the cluster is now. */
export function agoWords(unixTime: number, clusterTime: number): string {
  const seconds = clusterTime - unixTime;
  if (seconds < 60) return 'just now';
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3_600)} h ago`;
  return `${Math.floor(seconds / 86_400)} d ago`;
}

/** When an authorization can be closed, as a sentence. */
export function closingWords(closing: AuthorizationClosing, clusterTime: number): string {
  switch (closing.kind) {
    case 'now':
      return 'It can be closed now.';
    case 'from':
      return `It can be closed from ${formatMoment(closing.unixTime * 1_000)}, in ${formatSeconds(closing.unixTime - clusterTime)}.`;
    case 'deactivate-first':
      return closing.waitSeconds === 0
        ? 'It is active: deactivate it first, then it can be closed at once.'
        : `It is active: deactivate it first. Because it has delegates, it can be closed ${formatSeconds(closing.waitSeconds)} after that.`;
  }
}
