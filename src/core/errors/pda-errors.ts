import { defineErrors } from './define-errors.ts';

export const pdaErrors = defineErrors({
  'pda/seed-too-long': ({ bytes, max }: { bytes: number; max: number }) => ({
    happened: `A seed of this derived address has ${bytes} bytes; the chain allows ${max}`,
    remedy: `Shorten the value the address is derived from to ${max} bytes`,
  }),
  'pda/too-many-seeds': ({ count, max }: { count: number; max: number }) => ({
    happened: `An address cannot be derived from ${count} seeds; the chain allows ${max} besides the bump`,
    remedy: 'Derive the address from fewer seeds',
  }),
  'pda/not-found': ({ programId }: { programId: string }) => ({
    happened: `None of the 255 bumps gives an address off the curve for program ${programId}`,
    remedy: 'Derive the address from other seeds',
  }),
  'run-id/too-long': ({ bytes, max }: { bytes: number; max: number }) => ({
    happened: `This run id has ${bytes} bytes; a run id longer than ${max} bytes has no address`,
    remedy: `Shorten it to ${max} bytes; letters outside a–z, such as ü or 日, count two to four each`,
  }),
  'run-index/out-of-range': ({ index }: { index: string }) => ({
    happened: `${index} is not a treasurer index`,
    remedy: 'A treasurer index is a whole number from 0 to 18,446,744,073,709,551,615',
  }),
});
