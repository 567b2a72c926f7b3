import { withdrawNonce as withdraw } from '#core/programs/nonce.ts';
import { brief } from '#core/transactions/instructions/instruction-reading.ts';
import { formatSol } from '#core/units/lamports.ts';
import { defineOperation } from '../define-operation.ts';
import {
  closingConsequences,
  destinationChecks,
  expiredCheck,
  holderChecks,
  type NonceFacts,
  nonceStep,
  readNonceFacts,
} from '../nonce-facts.ts';
import { solanaLine } from '../solana-line.ts';
import type { CloseNonceInput } from './input.ts';

/**
 * Closes a nonce account by taking everything out of it. SOL that arrives in between would be left, so the program refuses and
 * nothing is lost. It cannot live by its own nonce: that has moved in this slot by then. Source: Agave, `system_instruction.rs`.
 */
export const closeNonce = defineOperation<CloseNonceInput, NonceFacts>({
  gather: ({ nonceAccount, to }, { chain, signers }) =>
    readNonceFacts(chain, { nonceAccount, payer: signers.payer, other: to }),

  check: (input, facts, { signers: { payer } }) => [
    ...holderChecks(
      facts,
      input.nonceAccount,
      input.authority,
      input.to === payer ? payer : undefined,
      'MissingRequiredSignature',
    ),
    ...expiredCheck(facts),
    ...destinationChecks(facts, { ...input, lamports: facts.nonce.lamports }),
  ],

  plan: ({ nonceAccount, authority, to }, { nonce }, { signers }) =>
    nonceStep(
      `Close the nonce account ${brief(nonceAccount)}`,
      [withdraw(nonceAccount, { authority, to, lamports: nonce.lamports })],
      { signers, authority, watch: [nonceAccount, to], costLamports: to === signers.payer ? -nonce.lamports : 0n },
    ),

  changes({ to }, { nonce, other }) {
    const sol = (amount: bigint) => `${formatSol(amount)} SOL`;
    return [
      { label: 'Nonce account', before: sol(nonce.lamports), after: 'Nothing' },
      { label: `In ${to}`, before: sol(other?.lamports ?? 0n), after: sol((other?.lamports ?? 0n) + nonce.lamports) },
    ];
  },

  consequences: (_input, { nonce }) => closingConsequences(true, nonce),

  rent: () => ({ lamports: 0n, note: '' }),

  command: ({ nonceAccount, to }, { nonce }) =>
    solanaLine('withdraw-from-nonce-account', [nonceAccount, to, formatSol(nonce.lamports)], {
      'nonce-authority': 'nonce_authority.json',
    }),
});
