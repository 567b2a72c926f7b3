import { ComputeBudgetProgram, type TransactionInstruction } from '@solana/web3.js';
import { advanceNonce as advance } from '#core/programs/nonce.ts';
import { brief } from '#core/transactions/instructions/instruction-reading.ts';
import { pass } from '../checks.ts';
import { defineOperation } from '../define-operation.ts';
import { expiredCheck, holderChecks, type NonceFacts, nonceStep, readNonceFacts } from '../nonce-facts.ts';
import { solanaLine } from '../solana-line.ts';
import type { AdvanceNonceInput } from './input.ts';

/** Takes the value of a nonce without using it: that is how a signed transaction is cancelled. Source: Agave, `system_instruction.rs`. */
export const advanceNonce = defineOperation<AdvanceNonceInput, NonceFacts>({
  gather: ({ nonceAccount }, { chain, signers }) => readNonceFacts(chain, { nonceAccount, payer: signers.payer }),

  check: ({ nonceAccount, authority }, facts) => [
    ...holderChecks(facts, nonceAccount, authority),
    ...expiredCheck(facts),
    ...(facts.nonce.kind === 'initialised' && facts.nonce.version === 'legacy'
      ? [pass('Layout', 'Legacy: this makes it a current one, which transactions can live by')]
      : []),
  ],

  plan: ({ nonceAccount, authority }, _facts, { signers }) =>
    nonceStep(`Advance the nonce ${brief(nonceAccount)}`, [...notFirst(), advance(nonceAccount, authority)], {
      signers,
      authority,
      watch: [nonceAccount],
    }),

  changes: (_input, { nonce }) =>
    nonce.kind === 'initialised' ? [{ label: 'Nonce', before: nonce.nonce, after: 'A new value' }] : [],

  consequences: (_input, { nonce }) =>
    nonce.kind === 'initialised'
      ? [{ about: 'final', text: `Whatever was signed with the value ${nonce.nonce} can never land any more` }]
      : [],

  rent: () => ({ lamports: 0n, note: '' }),

  command: ({ nonceAccount }) => solanaLine('new-nonce', [nonceAccount], { 'nonce-authority': 'nonce_authority.json' }),
});

/**
 * Stands before the advance: as the first instruction it would make the bytes look like a transaction that lives by this very
 * nonce, and no review could say when they expire. Asks for the heap that every program has anyway.
 */
function notFirst(): TransactionInstruction[] {
  return [ComputeBudgetProgram.requestHeapFrame({ bytes: DEFAULT_HEAP_BYTES })];
}

/** Source: Agave, `MIN_HEAP_FRAME_BYTES`. */
const DEFAULT_HEAP_BYTES = 32 * 1024;
