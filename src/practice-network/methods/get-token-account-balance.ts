import { z } from 'zod';
import { readMint, readTokenAccount } from '../chain/token-accounts.ts';
import { RPC_CODES, RpcError } from '../json-rpc.ts';
import { defineMethod } from './define-method.ts';
import { AddressParam, contextAt, ReadOptions } from './params.ts';
import { uiTokenAmount } from './parsed-data.ts';

export const getTokenAccountBalance = defineMethod(
  z.tuple([AddressParam, ReadOptions.nullish()]),
  ([address, options], chain) => {
    const account = chain.account(address);
    if (!account) throw new RpcError(RPC_CODES.invalidParams, 'Invalid param: could not find account');
    const token = readTokenAccount(account);
    if (!token) throw new RpcError(RPC_CODES.invalidParams, 'Invalid param: not a Token account');
    const decimals = readMint(chain.account(token.mint))?.decimals ?? 0;
    return { context: contextAt(chain, options), value: uiTokenAmount(token.amount, decimals) };
  },
);
