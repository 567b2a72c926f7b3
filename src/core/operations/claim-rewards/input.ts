import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';
import { RunId, TreasurerIndexHint } from '../run-fields.ts';

/** Pays a client what it earned and has not claimed, as far as the vault reaches. */
export const ClaimRewardsInput = z.strictObject({
  kind: z.literal('claim-rewards'),
  runId: RunId,
  treasurerIndex: TreasurerIndexHint,
  /** The client's wallet; this key signs and gets the tokens. */
  user: AddressText,
});

export type ClaimRewardsInput = z.output<typeof ClaimRewardsInput>;
