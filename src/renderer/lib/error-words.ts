import { AppError, isAppError, messageOf } from '#core/errors/app-error.ts';
import { catalog, type ErrorCode } from '#core/errors/catalog.ts';

/** What a person reads about a failure. `code` is for support and for tests. */
export type ErrorWords = { readonly happened: string; readonly remedy: string; readonly code: string };

/** Words for anything that was thrown. */
export function errorWords(error: unknown): ErrorWords {
  if (isAppError(error)) return { ...messageOf(error.code, error.params), code: error.code };
  return {
    happened: 'Something failed that the app did not foresee',
    remedy: 'Try again. If it keeps failing, restart the app; nothing you typed was sent.',
    code: 'internal/unexpected',
  };
}

/** Words for a code that arrived inside a value, such as an unreadable run. */
export function codeWords(code: string, params: Readonly<Record<string, unknown>>): ErrorWords {
  if (!Object.hasOwn(catalog, code))
    return { happened: `It answered “${code.slice(0, 60)}”`, remedy: 'Update the app to learn more', code };
  // The code was just found in the catalog, and whoever sent it filled the parameters of that code.
  return errorWords(new AppError(code as ErrorCode, params as never));
}
