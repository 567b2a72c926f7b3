import type { AppError } from '#core/errors/app-error.ts';

/**
 * Why a value was refused, before its path is known: the innermost reader or writer throws it, every level on the way
 * out adds its name, and the boundary turns it into an AppError. This keeps path building out of the fast path.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  private path = '';

  constructor(private readonly build: (path: string) => AppError) {
    super('value refused by the codec');
  }

  /** Puts `segment` (a field name, or `[3]`) before the path so far. */
  within(segment: string): this {
    this.path = this.path === '' || this.path.startsWith('[') ? segment + this.path : `${segment}.${this.path}`;
    return this;
  }

  toAppError(): AppError {
    return this.build(this.path);
  }
}

/** Throws the refusal that `build` describes once the path is known. */
export function refuse(build: (path: string) => AppError): never {
  throw new Refusal(build);
}

/** For `catch` at a level called `segment`: adds the name and passes the refusal on. */
export function rethrowWithin(segment: string, error: unknown): never {
  throw error instanceof Refusal ? error.within(segment) : error;
}

/** Runs a reader or writer; a refusal leaves as an AppError that carries the whole path. */
export function refusingAsAppError<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof Refusal ? error.toAppError() : error;
  }
}
