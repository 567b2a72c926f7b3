import { z } from 'zod';
import type { Address } from '#core/solana/address.ts';
import { U64_MAX } from '#core/units/decimal.ts';
import type { Chain } from '../chain/chain.ts';
import { mintTokensInstructions } from '../genesis/token-instructions.ts';
import { signTransaction } from '../genesis/sign-transaction.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';
import { defineMethod } from './define-method.ts';
import { mintParam } from './mint-param.ts';
import { AddressParam } from './params.ts';
import { pour } from './pour.ts';
import { takeSubmission } from './take-submission.ts';

/** Lamports or native units as a whole number, or exactly as decimal digits. */
const AmountParam = z
  .union([z.number().int().nonnegative(), z.string().regex(/^\d{1,20}$/)])
  .transform(BigInt)
  .refine((amount) => amount <= U64_MAX, 'more than 64 bits');

/**
 * Lamports, or tokens of a mint whose authority is the faucet, in native units. The answer is the signature of an
 * ordinary transaction.
 */
export const practiceFaucet = defineMethod(
  z.tuple([
    z.union([
      z.strictObject({ address: AddressParam, lamports: AmountParam }),
      z.strictObject({ address: AddressParam, mint: AddressParam, amount: AmountParam }),
    ]),
  ]),
  ([wish], chain) => ({
    signature: 'mint' in wish ? mintTokens(chain, wish) : pour(chain, wish.address, wish.lamports),
  }),
);

function mintTokens(
  chain: Chain,
  { address: wallet, mint, amount }: { address: Address; mint: Address; amount: bigint },
): string {
  const { decimals, mintAuthority } = mintParam(chain, mint);
  const faucet = chain.keyFor('faucet');
  if (mintAuthority !== faucet.address) {
    throw new RpcError(RPC_CODES.invalidParams, 'The faucet is not the authority of this mint');
  }
  const instructions = mintTokensInstructions(faucet.address, mint, { wallet, amount, decimals });
  const wire = signTransaction(instructions, [faucet], chain.latestBlockhash().blockhash);
  return takeSubmission(chain.submit(wire, { preflight: true }));
}
