import { z } from 'zod';
import { parseParams } from '../methods/define-method.ts';
import { ReadOptions, SignatureParam } from '../methods/params.ts';
import type { Subscribe } from './subscription.ts';

const Options = ReadOptions.extend({ enableReceivedNotification: z.boolean().nullish() });
const Params = z.tuple([SignatureParam, Options.nullish()]);

/** Tells once what became of a transaction, also when that was known before, and ends. */
export const subscribeSignature: Subscribe = (params, { chain, notify, when, end }) => {
  const [signature, options] = parseParams(Params, params);
  const commitment = options?.commitment ?? 'finalized';

  function tellWhenSettled(): void {
    const record = chain.find(signature);
    if (!record) return;
    if (options?.enableReceivedNotification) {
      notify({ context: { slot: record.slot }, value: 'receivedSignature' });
    }
    when(commitment, record.slot, () => {
      notify({ context: { slot: record.slot }, value: { err: record.err } });
      end();
    });
  }

  return {
    start: tellWhenSettled,
    onCommit: ({ record }) => {
      if (record.signature === signature) tellWhenSettled();
    },
  };
};
