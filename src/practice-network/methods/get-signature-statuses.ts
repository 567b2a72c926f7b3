import { z } from 'zod';
import { commitmentOf } from './commitment-of.ts';
import { defineMethod } from './define-method.ts';
import { contextAt, SignatureParam } from './params.ts';

/** Most signatures in one request. Source: agave, `MAX_GET_SIGNATURE_STATUSES_QUERY_ITEMS`. */
const MAX_SIGNATURES = 256;

const Options = z.object({ searchTransactionHistory: z.boolean().nullish() });

export const getSignatureStatuses = defineMethod(
  z.tuple([z.array(SignatureParam).max(MAX_SIGNATURES), Options.nullish()]),
  ([signatures], chain) => ({
    context: contextAt(chain),
    value: signatures.map((signature) => {
      const record = chain.find(signature);
      if (!record) return null;
      const { slot, err } = record;
      const confirmationStatus = commitmentOf(chain, slot);
      return {
        slot,
        confirmations: confirmationStatus === 'finalized' ? null : chain.time().slot - slot,
        err,
        // Clients in Rust refuse a status without this older form of `err`.
        status: err === null ? { Ok: null } : { Err: err },
        confirmationStatus,
      };
    }),
  }),
);
