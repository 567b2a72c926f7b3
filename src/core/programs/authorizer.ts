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

/**
 * Changes who may join in the grantee's name: the list is emptied first when asked, then the keys are appended. The payer
 * pays for growth and gets back what shrinking frees.
 */
export function updateDelegates(
  { grantee, address }: JoinAuthorization,
  { clear, added }: { readonly clear: boolean; readonly added: readonly Address[] },
  payer: Address,
  programs: ProgramIds,
): TransactionInstruction {
  return programInstruction(
    {
      program: 'authorizer',
      instruction: 'authorization_grantee_update',
      args: { params: { delegates_clear: clear, delegates_added: added.map(addressToBytes) } },
      keys: { payer, grantee, authorization: address },
    },
    programs,
  );
}

/** Removes it for good; its lamports go to `spill`, which the System program must own. */
export function closeAuthorizationAccount(
  { grantor, address }: JoinAuthorization,
  spill: Address,
  programs: ProgramIds,
): TransactionInstruction {
  return programInstruction(
    {
      program: 'authorizer',
      instruction: 'authorization_close',
      args: { params: {} },
      keys: { grantor, spill, authorization: address },
    },
    programs,
  );
}
