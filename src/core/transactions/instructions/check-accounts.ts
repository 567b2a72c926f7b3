import { type AccountRole, type GivenAccount, type InstructionFlag, typed } from './instruction-reading.ts';

/** The role of each given account, in order; accounts the instruction does not take have none. */
export function roleAt(roles: readonly AccountRole[], position: number): AccountRole | undefined {
  const role = roles[position];
  if (role !== undefined) return role;
  const last = roles.at(-1);
  return last?.isRest === true ? last : undefined;
}

/** Compares the accounts an instruction is given with those its program takes. */
export function checkAccounts(roles: readonly AccountRole[], accounts: readonly GivenAccount[]): InstructionFlag[] {
  const flags: InstructionFlag[] = [];
  for (const [position, given] of accounts.entries()) {
    const role = roleAt(roles, position);
    const which = given.address ?? `account ${position + 1}`;
    if (role === undefined) {
      flags.push(typed('accounts/unexpected', `${which} is passed along without a purpose`));
      continue;
    }
    if (role.constant !== undefined && role.constant !== given.address) {
      flags.push(typed('accounts/wrong-constant', `${which} stands where only ${role.constant} belongs`));
    }
    if (role.isWritable && !given.isWritable) {
      flags.push(warning('accounts/not-writable', `${role.name} is read-only, so the cluster will refuse this`));
    }
  }
  if (!hasCoSigners(roles, accounts)) {
    for (const [position, given] of accounts.entries()) {
      const role = roleAt(roles, position);
      if (role === undefined || !role.isSigner || given.isSigner) continue;
      flags.push(warning('accounts/not-signer', `${role.name} does not sign, so the cluster will refuse this`));
    }
  }
  const missing = roles
    .slice(accounts.length)
    .filter(({ isOptional, isRest }) => isOptional !== true && isRest !== true);
  for (const { name } of missing) flags.push(typed('accounts/missing', `The account ${name} is missing`));
  return flags;
}

/** With co-signers the authority is a multisig account, which cannot sign itself. */
function hasCoSigners(roles: readonly AccountRole[], accounts: readonly GivenAccount[]): boolean {
  const coSigners = roles.findIndex(({ isRest, isSigner }) => isRest === true && isSigner);
  return coSigners > 0 && accounts.length > coSigners && accounts.slice(coSigners).every(({ isSigner }) => isSigner);
}

function warning(code: string, text: string): InstructionFlag {
  return { level: 'warn', code, text };
}
