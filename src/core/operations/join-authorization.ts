import type { TransactionInstruction } from '@solana/web3.js';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { authorizationAddress } from '#core/layouts/addresses.ts';
import type { Authorization } from '#core/layouts/generated/authorizer.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import type { Account } from '#core/ports.ts';
import { createAuthorization, setAuthorizationActive, type JoinAuthorization } from '#core/programs/authorizer.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { fail, pass } from './checks.ts';
import type { WhoMayJoin } from './create-run/input.ts';
import type { Check } from './prepared.ts';
import { missingLamports } from './step-costs.ts';

/** Bytes of an authorization without delegates: 90 and the 18 of the join scope. Source: PROTOCOL.md §5.1. */
export const AUTHORIZATION_BYTES = 108;

/** Whether an authorization exists, and whether it counts. */
export type AuthorizationState = 'missing' | 'inactive' | 'active';

/** An authorization as it was read. Anybody can send lamports to an address where none exists yet. */
export type FoundAuthorization =
  | { readonly state: 'missing'; readonly lamports: bigint }
  | {
      readonly state: 'inactive' | 'active';
      readonly lamports: bigint;
      readonly sizeBytes: number;
      readonly value: Authorization;
    };

/** Where the authorization for these people lives; everyone is the system program as grantee. */
export function joinAuthorizationFor(who: WhoMayJoin, grantor: Address, programs: ProgramIds): JoinAuthorization {
  return joinAuthorizationOf(grantor, who.kind === 'anyone' ? SYSTEM_PROGRAM : who.address, programs);
}

export function joinAuthorizationOf(grantor: Address, grantee: Address, programs: ProgramIds): JoinAuthorization {
  return { grantor, grantee, address: authorizationAddress(grantor, grantee, programs.authorizer).address };
}

/** @throws AppError `account/discriminator`, `codec/…` for an account of the program that is no authorization */
export function foundAuthorization(account: Account | undefined, programs: ProgramIds): FoundAuthorization {
  if (!account || account.owner !== programs.authorizer) return { state: 'missing', lamports: account?.lamports ?? 0n };
  const { value } = decodeAccount('authorizer', 'Authorization', account.data);
  const { lamports, space: sizeBytes } = account;
  return { state: value.active ? 'active' : 'inactive', lamports, sizeBytes, value };
}

/**
 * Lamports the payer adds when it is created.
 *
 * @param rentLamports - that keep `AUTHORIZATION_BYTES` alive
 */
export function creationLamports(found: FoundAuthorization, rentLamports: bigint): bigint {
  return found.state === 'missing' ? missingLamports(rentLamports, found) : 0n;
}

/** What is still to be done so that it exists and counts; nothing when it does. */
export function allowInstructions(
  authorization: JoinAuthorization,
  state: AuthorizationState,
  payer: Address,
  programs: ProgramIds,
): TransactionInstruction[] {
  if (state === 'active') return [];
  const activate = setAuthorizationActive(authorization, true, programs);
  return state === 'inactive' ? [activate] : [createAuthorization(authorization, payer, programs), activate];
}

/** "Anyone", or the user's address. */
export function describeWho(who: WhoMayJoin): string {
  return who.kind === 'anyone' ? 'Anyone' : who.address;
}

/** "Anyone", or the grantee's address. */
export function describeGrantee(grantee: Address): string {
  return grantee === SYSTEM_PROGRAM ? 'Anyone' : grantee;
}

/** Whether there is an authorization to change. */
export function existsCheck(found: FoundAuthorization, { address, grantor, grantee }: JoinAuthorization): Check {
  if (found.state !== 'missing') return pass('Authorization', `${address} exists and is ${found.state}`);
  return {
    ...fail(
      'Authorization',
      `${grantor} has given no authorization to ${describeGrantee(grantee)}: there is no account ${address} (${missingCode(found)})`,
      'Check the join authority and the user, or create the authorization first',
      'grantee',
    ),
    action: { label: 'Who may join', place: { kind: 'who-may-join' } },
  };
}

/** How a program refuses an address without authorization: one that holds lamports belongs to the System program. */
export function missingCode({ lamports }: FoundAuthorization): string {
  return lamports === 0n ? 'AccountNotInitialized 3012' : 'AccountOwnedByWrongProgram 3007';
}
