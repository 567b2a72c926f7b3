import { bytesToHex } from '@noble/hashes/utils.js';
import type { AccountKind } from '../account-kind.ts';
import { textLine } from '../summary.ts';

/** Anything else: its first bytes are shown, because Anchor programs mark their account types there. */
export const unknown: AccountKind = {
  name: 'unknown',
  recognise: () => true,
  decode: () => [],
  describe: (data) => ({
    title: 'Account of a type this app does not know',
    summary: data.length === 0 ? [] : [textLine('First bytes', bytesToHex(data.subarray(0, 8)))],
  }),
};
