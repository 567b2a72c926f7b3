import type { NonceChoice, OperationRequest } from '#core/operations/request.ts';
import { type FormDraft, formDraft } from '#renderer/lib/use-form-draft.ts';

/** What the transactions of a form live by. It stays while the app runs, like everything typed. `key` names the form. */
export const useLifetimeDraft: (key: string, start: NonceChoice | undefined) => FormDraft<NonceChoice | undefined> =
  formDraft<NonceChoice | undefined>();

/** The request with what its transactions live by. */
export function withLifetime(
  request: OperationRequest | undefined,
  lifetime: NonceChoice | undefined,
): OperationRequest | undefined {
  return request && lifetime ? { ...request, lifetime } : request;
}
