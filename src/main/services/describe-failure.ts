import { isAppError } from '#core/errors/app-error.ts';

/** A failure as it crosses to the page. */
export type DescribedFailure = { readonly code: string; readonly params: Record<string, unknown> };

/**
 * Code and parameters of a failure. What nobody foresaw is logged, and described by a reference to that.
 *
 * @param report - logs and answers with the reference
 */
export function describeFailure(cause: unknown, report: (where: string, cause: unknown) => string): DescribedFailure {
  if (!isAppError(cause)) return { code: 'internal/unexpected', params: { reference: report('connections', cause) } };
  return { code: cause.code, params: { ...cause.params } };
}
