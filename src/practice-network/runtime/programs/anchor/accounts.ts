import { decodeAccount } from '#core/codec/account-codec.ts';
import type { ProgramName } from '#core/layouts/programs.ts';
import type { Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { accountInterface, startsWith } from '#core/codec/program-interface.ts';
import type { ProgramContext, WorkingAccount } from '../program.ts';
import { failAt, failWith, ANCHOR_ERRORS } from './anchor-error.ts';

/** A Borsh account whose type has been checked, with its fields. */
export type TypedAccount<T> = { readonly info: WorkingAccount; readonly value: T };

/**
 * Takes the instruction's accounts in list order, each checked for its kind, as Anchor's `try_accounts` does before it
 * looks at any constraint. Every method fails with the framework's code at the account's name.
 */
export function createAccountList(context: ProgramContext) {
  let at = 0;
  const next = (name: string): WorkingAccount => {
    const account = context.accounts[at];
    if (account === undefined) failAt(context, name, 'AccountNotEnoughKeys');
    at += 1;
    return account;
  };
  return {
    /** Any account: 3005. */
    unchecked: next,

    /** An account still to be created; it must merely be listed: 3005, without a name. */
    toBeCreated: (): WorkingAccount => {
      const account = context.accounts[at];
      const name = 'AccountNotEnoughKeys';
      if (account === undefined) failWith(context, { name, ...ANCHOR_ERRORS[name] }, { kind: 'nowhere' });
      at += 1;
      return account;
    },

    /** A signer: 3010. */
    signer: (name: string): WorkingAccount => {
      const account = next(name);
      if (!account.isSigner) failAt(context, name, 'AccountNotSigner');
      return account;
    },

    /** An account of the System program: 3011. */
    systemOwned: (name: string): WorkingAccount => {
      const account = next(name);
      if (account.owner !== SYSTEM_PROGRAM) failAt(context, name, 'AccountNotSystemOwned');
      return account;
    },

    /** The program with this address: 3008. */
    program: (name: string, programId: Address): WorkingAccount => {
      const account = next(name);
      if (account.address !== programId) {
        failAt(context, name, 'InvalidProgramId', { left: account.address, right: programId });
      }
      return account;
    },

    /** A Borsh account: 3012, 3007, 3001, 3002, 3003. */
    borsh: <T>(name: string, program: ProgramName, type: string, owner: Address): TypedAccount<T> => {
      const info = next(name);
      if (info.owner === SYSTEM_PROGRAM && info.lamports === 0n) failAt(context, name, 'AccountNotInitialized');
      checkOwnerAndType(context, name, info, program, type, owner);
      try {
        return { info, value: decodeAccount(program, type, info.data).value as T };
      } catch {
        return failAt(context, name, 'AccountDidNotDeserialize');
      }
    },

    /** A zero-copy account, its content not looked at yet: 3007, 3001, 3002. */
    zeroCopy: (name: string, program: ProgramName, type: string, owner: Address): WorkingAccount => {
      const info = next(name);
      checkOwnerAndType(context, name, info, program, type, owner);
      return info;
    },
  };
}

function checkOwnerAndType(
  context: ProgramContext,
  name: string,
  info: WorkingAccount,
  program: ProgramName,
  type: string,
  owner: Address,
): void {
  if (info.owner !== owner) {
    failAt(context, name, 'AccountOwnedByWrongProgram', { left: info.owner, right: owner });
  }
  const { discriminator } = accountInterface(program, type);
  if (info.data.length < discriminator.length) failAt(context, name, 'AccountDiscriminatorNotFound');
  if (!startsWith(info.data, discriminator)) failAt(context, name, 'AccountDiscriminatorMismatch');
}
