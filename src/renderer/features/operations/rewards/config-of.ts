import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { CoordinatorConfig } from '#core/layouts/generated/coordinator.ts';

/** The configuration in a run's account; nothing for an account of another version, which the checks beside a form say. */
export function configOf(data: Uint8Array): CoordinatorConfig | undefined {
  try {
    return decodeCoordinatorAccount(data).state.coordinator.config;
  } catch {
    return undefined;
  }
}
