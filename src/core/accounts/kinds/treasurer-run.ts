import type { AccountKind } from '../account-kind.ts';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { accountInterface, startsWith } from '#core/codec/program-interface.ts';
import { addressLine, textLine } from '../summary.ts';

/** The treasurer's account of a run with rewards. Source: PROTOCOL §5.1. */
export const treasurerRun: AccountKind = {
  name: 'treasurer-run',

  recognise: ({ owner, data }, programIds) =>
    owner === programIds.treasurer && startsWith(data, accountInterface('treasurer', 'Run').discriminator),

  decode: (data) => decodeAccount('treasurer', 'Run', data).fields,

  describe(data) {
    const { value } = decodeAccount('treasurer', 'Run', data);
    return {
      title: `Treasury of a run, index ${value.index}`,
      summary: [
        textLine('Index', value.index),
        addressLine('Main authority', value.main_authority),
        addressLine('Join authority', value.join_authority),
        addressLine('Coordinator instance', value.coordinator_instance),
        addressLine('Coordinator account', value.coordinator_account),
        addressLine('Collateral mint', value.collateral_mint),
        textLine('Claimed collateral, native units', value.total_claimed_collateral_amount),
        textLine('Claimed points', value.total_claimed_earned_points),
      ],
    };
  },
};
