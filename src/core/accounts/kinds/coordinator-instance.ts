import type { AccountKind } from '../account-kind.ts';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { accountInterface, startsWith } from '#core/codec/program-interface.ts';
import { addressLine, quoted, textLine } from '../summary.ts';

/** The small account per run id: who owns the run and where its state lies. Source: PROTOCOL §5.1. */
export const coordinatorInstance: AccountKind = {
  name: 'coordinator-instance',

  recognise: ({ owner, data }, programIds) =>
    owner === programIds.coordinator &&
    startsWith(data, accountInterface('coordinator', 'CoordinatorInstance').discriminator),

  decode: (data) => decodeAccount('coordinator', 'CoordinatorInstance', data).fields,

  describe(data) {
    const { value } = decodeAccount('coordinator', 'CoordinatorInstance', data);
    return {
      title: `Run ${quoted(value.run_id)}`,
      summary: [
        textLine('Run id', value.run_id),
        addressLine('Main authority', value.main_authority),
        addressLine('Join authority', value.join_authority),
        addressLine('Coordinator account', value.coordinator_account),
      ],
    };
  },
};
