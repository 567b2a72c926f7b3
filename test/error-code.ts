import { isAppError } from '#core/errors/app-error.ts';

/** The code with which `work` refuses, `undefined` when it does not; anything but an AppError is passed on. */
export function errorCodeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (isAppError(error)) return error.code;
    throw error;
  }
}
