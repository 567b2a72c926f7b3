import { findProgramAddress } from '#core/solana/pda.ts';
import { ProgramPanic } from '../../instruction-failure.ts';
import { programAddressOf } from '../../program-signer.ts';
import type { ProgramContext, WorkingAccount } from '../program.ts';
import { failAt } from './anchor-error.ts';

/** `mut`: 2000. */
export function requireWritable(context: ProgramContext, name: string, account: WorkingAccount): void {
  if (!account.isWritable) failAt(context, name, 'ConstraintMut');
}

/** `constraint = …`: 2003. */
export function requireThat(context: ProgramContext, name: string, isTrue: boolean): void {
  if (!isTrue) failAt(context, name, 'ConstraintRaw');
}

/** `close = target`: 2011 when an account would be closed into itself. */
export function requireOther(
  context: ProgramContext,
  name: string,
  account: WorkingAccount,
  target: WorkingAccount,
): void {
  if (account.address === target.address) failAt(context, name, 'ConstraintClose');
}

/** `seeds`, `bump = stored`: 2006 when the account is not at that address. */
export function requireSeeds(
  context: ProgramContext,
  name: string,
  account: WorkingAccount,
  seedsWithBump: readonly Uint8Array[],
): void {
  const right = addressOrUndefined(() => programAddressOf(seedsWithBump, context.programId));
  if (right === undefined) failAt(context, name, 'ConstraintSeeds');
  if (account.address !== right) failAt(context, name, 'ConstraintSeeds', { left: account.address, right });
}

/**
 * `seeds`, `bump` of an account to be created: the canonical bump, 2006 when the account is not at that address.
 *
 * @throws ProgramPanic when the seeds have no address at all, such as one longer than 32 bytes
 */
export function requireCanonicalSeeds(
  context: ProgramContext,
  name: string,
  account: WorkingAccount,
  seeds: readonly Uint8Array[],
): number {
  const found = addressOrUndefined(() => findProgramAddress(seeds, context.programId));
  if (found === undefined) throw new ProgramPanic('Unable to find a viable program address bump seed');
  const { address: right, bump } = found;
  if (account.address !== right) failAt(context, name, 'ConstraintSeeds', { left: account.address, right });
  return bump;
}

/** Seeds that are too long, or whose hash a key could exist for, have no address. */
function addressOrUndefined<T>(derive: () => T): T | undefined {
  try {
    return derive();
  } catch {
    return undefined;
  }
}
