import type { Admission } from '#core/runs/readiness.ts';
import type { RunView } from '#core/runs/run-row.ts';
import { useAuthorizations } from '#renderer/lib/queries.ts';

/** Who may join a run: what the run page knows at once, made finer by the list of authorizations when that is there. */
export function useAdmission({ joinAuthority, openToAnyone }: RunView): Admission {
  const authorizations = useAuthorizations(openToAnyone ? undefined : { grantor: joinAuthority }).data;
  if (openToAnyone) return 'anyone';
  if (!authorizations) return 'not-everyone';
  return authorizations.rows.some(({ active }) => active) ? 'some' : 'nobody';
}
