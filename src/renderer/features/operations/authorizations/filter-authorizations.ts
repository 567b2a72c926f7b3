import type { AuthorizationRow } from '#core/authorizations/authorization-view.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';

export type AuthorizationFilter = { readonly text: string; readonly state: '' | 'active' | 'inactive' };

/** Everything: no text, every state. */
export const NO_FILTER: AuthorizationFilter = { text: '', state: '' };

/** Authorizations that fit a filter: by label, beginning of an address, or part of a run id; everyone's is found as “anyone”. */
export function filterAuthorizations(
  rows: readonly AuthorizationRow[],
  { text, state }: AuthorizationFilter,
  labels: ReadonlyMap<string, string>,
): readonly AuthorizationRow[] {
  const needle = text.trim().toLowerCase();
  return rows.filter(
    (row) => (state === '' || row.active === (state === 'active')) && (needle === '' || saysText(row, needle, labels)),
  );
}

function saysText(row: AuthorizationRow, needle: string, labels: ReadonlyMap<string, string>): boolean {
  const addresses = [row.grantee, row.grantor, row.address, ...row.delegates];
  return (
    (row.grantee === SYSTEM_PROGRAM && 'anyone'.startsWith(needle)) ||
    addresses.some(
      (address) => address.toLowerCase().startsWith(needle) || labels.get(address)?.toLowerCase().includes(needle),
    ) ||
    row.runs.some((runId) => runId.toLowerCase().includes(needle))
  );
}
