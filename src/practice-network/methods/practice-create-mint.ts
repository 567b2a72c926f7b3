import { z } from 'zod';
import { signTransaction } from '../genesis/sign-transaction.ts';
import { createMintInstructions } from '../genesis/token-instructions.ts';
import { defineMethod } from './define-method.ts';
import { AddressParam } from './params.ts';
import { takeSubmission } from './take-submission.ts';

/**
 * Creates a mint of the classic token program in an ordinary transaction. Its authority is the faucet, which then gives
 * its tokens to whoever asks, or somebody else, who then is the only one to mint.
 */
export const practiceCreateMint = defineMethod(
  z.tuple([z.strictObject({ decimals: z.number().int().min(0).max(255), authority: AddressParam.optional() })]),
  ([{ decimals, authority }], chain) => {
    const faucet = chain.keyFor('faucet');
    // Creating a mint is a transaction itself, so no two are created at one count.
    const mint = chain.keyFor(`mint ${chain.transactionCount()}`);
    const instructions = createMintInstructions(faucet.address, mint.address, {
      decimals,
      authority: authority ?? faucet.address,
    });
    const wire = signTransaction(instructions, [faucet, mint], chain.latestBlockhash().blockhash);
    return { mint: mint.address, signature: takeSubmission(chain.submit(wire, { preflight: true })) };
  },
);
