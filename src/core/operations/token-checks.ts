import type { TokenAccount } from '#core/rewards/token-account.ts';
import type { MintLook } from '#core/rewards/treasury-view.ts';
import type { Address } from '#core/solana/address.ts';
import { fail, pass, warn } from './checks.ts';
import type { Check } from './prepared.ts';
import { amountText } from './token-text.ts';
import type { Treasury } from './treasury-facts.ts';

/** Whether a mint can be used. */
export function mintChecks(mint: MintLook, field: string): Check[] {
  if (mint.kind === 'refused') return [fail('Mint', `${mint.address}: ${mint.reason}`, mint.remedy, field)];
  return [
    pass('Mint', `${mint.address}: a classic SPL token with ${mint.decimals} decimals`),
    ...mint.warnings.map(({ reason, remedy }) => warn('Mint', reason, remedy, field)),
  ];
}

/** Whether amounts were typed with the decimals of the mint; nothing when they were. */
export function decimalsChecks(mint: MintLook, typedDecimals: number, field: string): Check[] {
  if (mint.kind === 'refused' || mint.decimals === typedDecimals) return [];
  return [
    fail(
      'Decimals',
      `The amounts were typed with ${typedDecimals} decimals, but the mint has ${mint.decimals}: they would mean something else`,
      'Open the form again and type them anew',
      field,
    ),
  ];
}

/** Whether tokens can move into and out of the vault. */
export function vaultChecks({ vault, vaultTokens }: Pick<Treasury, 'vault' | 'vaultTokens'>): Check[] {
  if (!vaultTokens) {
    return [fail('Vault', `${vault} is not a token account`, 'Look at the address in the inspector')];
  }
  if (!vaultTokens.isFrozen) return [];
  const reason = `The freeze authority of the mint has frozen ${vault}: nothing can be paid in or claimed (AccountFrozen 17)`;
  return [fail('Vault', reason, 'Ask the freeze authority of the mint')];
}

/** Whether a funder's token account can pay an amount, native units. */
export function sourceChecks(
  source: { readonly address: Address; readonly funder: Address; readonly tokens: TokenAccount | undefined },
  amount: bigint,
  decimals: number,
  field: string,
): Check[] {
  const { address, funder, tokens } = source;
  if (!tokens) {
    const reason = `${funder} has no token account for this mint (${address})`;
    return [fail('Funder', reason, 'Send tokens of this mint to it first, or choose another funder', field)];
  }
  if (tokens.owner !== funder) {
    const reason = `The token account ${address} belongs to ${tokens.owner} by now, not to ${funder}`;
    return [fail('Funder', reason, 'Choose another funder', field)];
  }
  if (tokens.isFrozen) {
    const reason = `The freeze authority of the mint has frozen ${address} (AccountFrozen 17)`;
    return [fail('Funder', reason, 'Choose another funder', field)];
  }
  if (tokens.amount < amount) {
    const missing = amountText(amount - tokens.amount, decimals);
    const reason = `${address} holds ${amountText(tokens.amount, decimals)}; ${missing} are missing (InsufficientFunds 1)`;
    return [fail('Funder has too few tokens', reason, 'Send less, or choose another funder', field)];
  }
  return [pass('Funder has enough tokens', `${address} holds ${amountText(tokens.amount, decimals)}`)];
}
