import type { Chain } from '../chain/chain.ts';
import { readNonceState } from '../chain/durable-nonce.ts';
import { readMint, readTokenAccount } from '../chain/token-accounts.ts';
import type { StoredAccount } from '../runtime/accounts.ts';
import { formatDecimal } from '#core/units/decimal.ts';
import type { JsonValue } from '../write-json.ts';

/** Account data spelled out for `jsonParsed`; `undefined` for kinds this network does not spell out. */
export function parsedData(account: StoredAccount, chain: Chain): JsonValue | undefined {
  const space = account.data.length;
  const mint = readMint(account);
  if (mint) {
    const { supply, ...rest } = mint;
    return { program: 'spl-token', parsed: { type: 'mint', info: { ...rest, supply: supply.toString() } }, space };
  }
  const token = readTokenAccount(account);
  if (token) return { program: 'spl-token', parsed: { type: 'account', info: tokenInfo(token, chain) }, space };
  const nonce = readNonceState(account);
  if (nonce) {
    const { authority, nonce: blockhash, lamportsPerSignature } = nonce;
    const info = { authority, blockhash, feeCalculator: { lamportsPerSignature: lamportsPerSignature.toString() } };
    return { program: 'nonce', parsed: { type: 'initialized', info }, space };
  }
  return undefined;
}

/** An amount of tokens in every form clients ask for. `uiAmount` is a float and only for show. */
export function uiTokenAmount(amount: bigint, decimals: number): { readonly [name: string]: JsonValue } {
  const uiAmountString = formatDecimal(amount, decimals);
  return { amount: amount.toString(), decimals, uiAmount: Number(uiAmountString), uiAmountString };
}

function tokenInfo(token: NonNullable<ReturnType<typeof readTokenAccount>>, chain: Chain): JsonValue {
  const decimals = readMint(chain.account(token.mint))?.decimals ?? 0;
  const { mint, owner, state, isNative, delegate, delegatedAmount, closeAuthority } = token;
  return {
    mint,
    owner,
    state,
    isNative,
    tokenAmount: uiTokenAmount(token.amount, decimals),
    delegate: delegate ?? undefined,
    delegatedAmount: delegate ? uiTokenAmount(delegatedAmount, decimals) : undefined,
    closeAuthority: closeAuthority ?? undefined,
  };
}
