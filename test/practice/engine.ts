import {
  createNativeExecutor,
  NATIVE_ENGINES,
  type NativeEngine,
} from '#practice/runtime/native/create-native-executor.ts';
import type { NativeExecutor } from '#practice/runtime/native/native-executor.ts';

/** The engine that practice tests run on: `PRACTICE_ENGINE=typescript` runs them all on the second one. */
export const testEngine: NativeEngine =
  NATIVE_ENGINES.find((engine) => engine === process.env['PRACTICE_ENGINE']) ?? 'litesvm';

/** {@link testEngine}, ready to run. */
export function createTestExecutor(): NativeExecutor {
  return createNativeExecutor(testEngine);
}
