/** Shortest and longest pause an endpoint is granted, seconds: it may neither be hammered nor talk the app out of asking. */
const MIN_SECONDS = 1;
const MAX_SECONDS = 60;

/**
 * The pause an endpoint asks for in `Retry-After`, whole seconds from 1 to 60; `undefined` when it asks for none that can be
 * understood. Source: RFC 9110 §10.2.3, a number of seconds or a date.
 *
 * @param nowMs - milliseconds since 1970, for dates
 */
export function parseRetryAfter(text: string | null, nowMs: number): number | undefined {
  const seconds = secondsOf((text ?? '').trim(), nowMs);
  if (seconds === undefined) return undefined;
  return Math.min(Math.max(Math.ceil(seconds), MIN_SECONDS), MAX_SECONDS);
}

function secondsOf(text: string, nowMs: number): number | undefined {
  if (/^\d+$/.test(text)) return Number(text);
  if (!IMF_DATE.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : (at - nowMs) / 1000;
}

/** The one form of a date that servers may write. Source: RFC 9110 §5.6.7. */
const IMF_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
