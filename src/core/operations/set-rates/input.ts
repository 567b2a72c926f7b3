import { z } from 'zod';
import { U64 } from '#core/units/wire.ts';
import { RunId, TreasurerIndexHint } from '../run-fields.ts';

/** Digits after the point of a mint's display unit; a u8 on chain. */
export const TokenDecimals = z.number().int().min(0).max(255);

/** Sets what future epochs pay. At least one rate; the other stays. */
export const SetRatesInput = z
  .strictObject({
    kind: z.literal('set-rates'),
    runId: RunId,
    treasurerIndex: TreasurerIndexHint,
    /** Native units per epoch, shared by all clients; points on a run without treasury. */
    earning: U64.optional(),
    /** Native units per client; stored and never applied by the program. */
    slashing: U64.optional(),
    /** Of the mint, as the form read them when amounts were typed; absent on a run without treasury. */
    decimals: TokenDecimals.optional(),
  })
  .refine(({ earning, slashing }) => earning !== undefined || slashing !== undefined, {
    error: 'needs a reward or a penalty',
    path: ['earning'],
  });

export type SetRatesInput = z.output<typeof SetRatesInput>;
