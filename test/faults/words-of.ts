import { isAppError, messageOf } from '#core/errors/app-error.ts';

/** The code of a failure that says in words what happened and what to do; anything else is a defect and throws. */
export function codeInWords(cause: unknown): string {
  if (!isAppError(cause)) throw new Error('a failure without a code', { cause });
  const { happened, remedy } = messageOf(cause.code, cause.params as never);
  if (happened === '' || remedy === '' || /undefined|\[object/.test(happened + remedy)) {
    throw new Error(`no words for ${cause.code}: ${happened} ${remedy}`, { cause });
  }
  return cause.code;
}

/** The code that work ends in; it must not succeed. */
export async function failureOf(work: Promise<unknown>): Promise<string> {
  const ending = await work.then(
    () => 'it succeeded',
    (cause: unknown) => ({ cause }),
  );
  if (typeof ending === 'string') throw new Error(ending);
  return codeInWords(ending.cause);
}
