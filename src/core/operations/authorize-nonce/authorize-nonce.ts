import { authorizeNonce as authorize } from '#core/programs/nonce.ts';
import { brief } from '#core/transactions/instructions/instruction-reading.ts';
import { warn } from '../checks.ts';
import { defineOperation } from '../define-operation.ts';
import { holderChecks, lostCheck, type NonceFacts, nonceStep, readNonceFacts } from '../nonce-facts.ts';
import { solanaLine } from '../solana-line.ts';
import type { AuthorizeNonceInput } from './input.ts';

/** Hands a nonce account over; its value stays. Source: Agave, `system_instruction.rs`. */
export const authorizeNonce = defineOperation<AuthorizeNonceInput, NonceFacts>({
  gather: ({ nonceAccount }, { chain, signers }) => readNonceFacts(chain, { nonceAccount, payer: signers.payer }),

  check: ({ nonceAccount, authority, newAuthority }, facts) => [
    ...holderChecks(facts, nonceAccount, authority),
    ...(authority === newAuthority
      ? [warn('New authority', 'It is the same key: nothing changes', 'Choose another key', 'newAuthority')]
      : []),
    ...lostCheck(newAuthority, 'newAuthority'),
  ],

  plan: ({ nonceAccount, authority, newAuthority }, _facts, { signers }) =>
    nonceStep(
      `Hand the nonce account ${brief(nonceAccount)} over`,
      [authorize(nonceAccount, authority, newAuthority)],
      { signers, authority, watch: [nonceAccount] },
    ),

  changes: ({ newAuthority }, { nonce }) =>
    nonce.kind === 'initialised' && nonce.authority !== newAuthority
      ? [{ label: 'Nonce authority', before: nonce.authority, after: newAuthority }]
      : [],

  consequences({ authority, newAuthority }, { nonce }) {
    if (authority === newAuthority || nonce.kind !== 'initialised') return [];
    return [
      {
        about: 'people',
        text: `From then on only ${newAuthority} can cancel what is signed with this nonce, use it, and hand it over`,
      },
      {
        about: 'final',
        text: `What was signed with the value ${nonce.nonce} by ${authority} cannot land while another key holds it. It could again if this very key got it back before the value moves`,
      },
      { about: 'sol', text: `Whoever holds ${newAuthority} can also take the SOL out of it` },
    ];
  },

  rent: () => ({ lamports: 0n, note: '' }),

  command: ({ nonceAccount, newAuthority }) =>
    solanaLine('authorize-nonce-account', [nonceAccount, newAuthority], { 'nonce-authority': 'nonce_authority.json' }),
});
