import type { TransactionInstruction } from '@solana/web3.js';
import { JOIN_SCOPE } from '#core/layouts/addresses.ts';
import type { ProgramIds } from '#core/layouts/programs.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { programInstruction } from './program-instruction.ts';

/** An authorization to join runs: who grants it, to whom, and where it lives. */
export type JoinAuthorization = { readonly grantor: Address; readonly grantee: Address; readonly address: Address };

/** Creates it, inactive and without delegates; the payer pays its rent. */
export function createAuthorization(
  { grantor, grantee, address }: JoinAuthorization,
  payer: Address,
  programs: ProgramIds,
): TransactionInstruction {
  return programInstruction(
    {
      program: 'authorizer',
      instruction: 'authorization_create',
      args: { params: { grantee: addressToBytes(grantee), scope: JOIN_SCOPE } },
      keys: { payer, grantor, authorization: address },
    },
    programs,
  );
}

/** Makes it count, or stops it from counting. */
export function setAuthorizationActive(
  { grantor, address }: JoinAuthorization,
  active: boolean,
  programs: ProgramIds,
): TransactionInstruction {
  return programInstruction(
    {
      program: 'authorizer',
      instruction: 'authorization_grantor_update',
      args: { params: { active } },
      keys: { grantor, authorization: address },
    },
    programs,
  );
}
