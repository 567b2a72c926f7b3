import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';
import { ReviewedStep } from './review-request.ts';

/** Most characters of a handed transaction: 16 KiB in base64 and its line breaks. Source: security bar §3.7. */
export const HANDED_MAX_CHARACTERS = 24_576;

/** What transaction bytes that were pasted or opened turn out to be. */
export const HandedTransaction = z.discriminatedUnion('kind', [
  /** The message is in the journal. `adds`: signatures these bytes bring to it; `missing`: those it would still lack then. */
  z.strictObject({
    kind: z.literal('known'),
    id: z.string(),
    title: z.string(),
    adds: z.array(AddressText),
    missing: z.array(AddressText),
    /** It has ended: nothing can be added any more. */
    isEnded: z.boolean(),
  }),
  /** Somebody else's, reviewed from its bytes. */
  z.strictObject({ kind: z.literal('foreign'), step: ReviewedStep }),
]);

export type HandedTransaction = z.output<typeof HandedTransaction>;
