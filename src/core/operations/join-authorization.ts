import type { TransactionInstruction } from '@solana/web3.js';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { authorizationAddress } from '#core/layouts/addresses.ts';
import type { Authorization } from '#core/layouts/generated/authorizer.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import type { Account } from '#core/ports.ts';
import { createAuthorization, setAuthorizationActive, type JoinAuthorization } from '#core/programs/authorizer.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { WhoMayJoin } from './create-run/input.ts';

/** Bytes of an authorization without delegates: 90 and the 18 of the join scope. Source: PROTOCOL.md §5.1. */
export const AUTHORIZATION_BYTES = 108;

/** Whether an authorization exists, and whether it counts. */
export type AuthorizationState = 'missing' | 'inactive' | 'active';

/** Where the authorization for these people lives; everyone is the system program as grantee. */
export function joinAuthorizationFor(who: WhoMayJoin, grantor: Address, programs: ProgramIds): JoinAuthorization {
  const grantee = who.kind === 'anyone' ? SYSTEM_PROGRAM : who.address;
  return { grantor, grantee, address: authorizationAddress(grantor, grantee, programs.authorizer).address };
}

export function authorizationState(account: Account | undefined, programs: ProgramIds): AuthorizationState {
  if (!account || account.owner !== programs.authorizer) return 'missing';
  const { active } = decodeAccount('authorizer', 'Authorization', account.data).value as Authorization;
  return active ? 'active' : 'inactive';
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
