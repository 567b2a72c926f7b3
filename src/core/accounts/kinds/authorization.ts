import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { AccountKind } from '../account-kind.ts';
import { bytesToHex } from '@noble/hashes/utils.js';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { accountInterface, startsWith } from '#core/codec/program-interface.ts';
import { JOIN_SCOPE } from '#core/layouts/programs.ts';
import { addressFromBytes } from '#core/solana/address.ts';
import { addressLine, textLine } from '../summary.ts';

/** Who may do what in whose name; joining runs is the only scope in use. Source: PROTOCOL §5.1. */
export const authorization: AccountKind = {
  name: 'authorization',

  recognise: ({ owner, data }, programIds) =>
    owner === programIds.authorizer && startsWith(data, accountInterface('authorizer', 'Authorization').discriminator),

  decode: (data) => decodeAccount('authorizer', 'Authorization', data).fields,

  describe(data) {
    const { value } = decodeAccount('authorizer', 'Authorization', data);
    const isForEveryone = addressFromBytes(value.grantee) === SYSTEM_PROGRAM;
    const canJoin = new TextDecoder().decode(value.scope) === JOIN_SCOPE;
    return {
      title: canJoin ? `Permission to join runs, ${value.active ? 'active' : 'not active'}` : 'Authorization',
      summary: [
        textLine('Active', value.active ? 'yes' : 'no'),
        addressLine('Granted by', value.grantor),
        isForEveryone ? textLine('Granted to', 'everyone') : addressLine('Granted to', value.grantee),
        textLine('Scope', canJoin ? JOIN_SCOPE : bytesToHex(value.scope)),
        textLine('Delegates', value.delegates.length),
      ],
    };
  },
};
