import type { AccountKind } from '../account-kind.ts';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { accountInterface, startsWith } from '#core/codec/program-interface.ts';
import { textLine } from '../summary.ts';

/** What one wallet has claimed from one treasury; the account does not name either. Source: PROTOCOL §5.1. */
export const participant: AccountKind = {
  name: 'participant',

  recognise: ({ owner, data }, programIds) =>
    owner === programIds.treasurer && startsWith(data, accountInterface('treasurer', 'Participant').discriminator),

  decode: (data) => decodeAccount('treasurer', 'Participant', data).fields,

  describe(data) {
    const { value } = decodeAccount('treasurer', 'Participant', data);
    return {
      title: 'Participant in the rewards of a run',
      summary: [
        textLine('Claimed collateral, native units', value.claimed_collateral_amount),
        textLine('Claimed points', value.claimed_earned_points),
      ],
    };
  },
};
