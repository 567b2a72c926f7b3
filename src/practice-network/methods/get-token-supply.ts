import { z } from 'zod';
import { defineMethod } from './define-method.ts';
import { mintParam } from './mint-param.ts';
import { AddressParam, contextAt, ReadOptions } from './params.ts';
import { uiTokenAmount } from './parsed-data.ts';

export const getTokenSupply = defineMethod(
  z.tuple([AddressParam, ReadOptions.nullish()]),
  ([address, options], chain) => {
    const { supply, decimals } = mintParam(chain, address);
    return { context: contextAt(chain, options), value: uiTokenAmount(supply, decimals) };
  },
);
