import { catalog, type ErrorCode, type ParamsOf } from './catalog.ts';
import type { ErrorMessage } from './define-errors.ts';

/** Something that cannot be done. Branch on `code`; the words are made by {@link messageOf}. */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AppError';

  constructor(
    readonly code: C,
    readonly params: ParamsOf<C>,
    options?: { cause?: unknown },
  ) {
    super(`${code} ${JSON.stringify(params)}`, options);
  }
}

/** What happened and what to do next, in words, for a code that may have crossed a process. */
export function messageOf<C extends ErrorCode>(code: C, params: ParamsOf<C>): ErrorMessage {
  const words = catalog[code] as (params: ParamsOf<C>) => ErrorMessage;
  return words(params);
}

export function isAppError(value: unknown): value is AppError {
  return value instanceof AppError;
}
