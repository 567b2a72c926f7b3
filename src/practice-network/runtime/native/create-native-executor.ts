import { isAppError } from '#core/errors/app-error.ts';
import { createLiteSvmExecutor } from './litesvm-executor.ts';
import type { NativeExecutor } from './native-executor.ts';
import { createTypescriptExecutor } from './typescript/typescript-executor.ts';

/** What runs the native programs: the real runtime, or its likeness in TypeScript. */
export type NativeEngine = 'litesvm' | 'typescript';

/** All engines, the preferred one first. */
export const NATIVE_ENGINES: readonly NativeEngine[] = ['litesvm', 'typescript'];

/**
 * The engine asked for; without a wish the real runtime, and where it has no build for this machine the TypeScript one.
 *
 * @param onFallback - told when the second choice had to do
 * @throws AppError `practice/engine-missing` when the real runtime was asked for by name
 */
export function createNativeExecutor(
  engine?: NativeEngine,
  onFallback: () => void = () => undefined,
  createPreferred: () => NativeExecutor = createLiteSvmExecutor,
): NativeExecutor {
  if (engine === 'typescript') return createTypescriptExecutor();
  try {
    return createPreferred();
  } catch (cause) {
    if (engine !== undefined || !isAppError(cause) || cause.code !== 'practice/engine-missing') throw cause;
    onFallback();
    return createTypescriptExecutor();
  }
}
