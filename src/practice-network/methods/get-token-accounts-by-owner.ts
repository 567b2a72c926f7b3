import { z } from 'zod';
import { TOKEN_2022_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { readTokenAccount } from '../chain/token-accounts.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';
import { defineMethod } from './define-method.ts';
import { encodeAccount } from './encode-account.ts';
import { mintParam } from './mint-param.ts';
import { AccountOptions, AddressParam, contextAt } from './params.ts';

const By = z.union([z.strictObject({ mint: AddressParam }), z.strictObject({ programId: AddressParam })]);

export const getTokenAccountsByOwner = defineMethod(
  z.tuple([AddressParam, By, AccountOptions.nullish()]),
  ([owner, by, options], chain) => {
    if ('mint' in by) mintParam(chain, by.mint);
    else if (by.programId !== TOKEN_PROGRAM && by.programId !== TOKEN_2022_PROGRAM) {
      throw new RpcError(RPC_CODES.invalidParams, 'Invalid param: unrecognized Token program id');
    }
    const program = 'mint' in by ? TOKEN_PROGRAM : by.programId;
    const value = chain
      .accountsOwnedBy(program)
      .filter(({ account }) => {
        const token = readTokenAccount(account);
        return token?.owner === owner && (!('mint' in by) || token.mint === by.mint);
      })
      .map(({ address, account }) => ({ pubkey: address, account: encodeAccount(account, options, chain) }));
    return { context: contextAt(chain, options), value };
  },
);
