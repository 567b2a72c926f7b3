import { withdrawNonce as withdraw } from '#core/programs/nonce.ts';
import { brief } from '#core/transactions/instructions/instruction-reading.ts';
import { formatSol } from '#core/units/lamports.ts';
import { fail, pass, warn, withAction } from '../checks.ts';
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
import type { Check } from '../prepared.ts';
import { solanaLine } from '../solana-line.ts';
import type { WithdrawNonceInput } from './input.ts';

/** Takes SOL out of a nonce account: all of it, or what is above its rent. Source: Agave, `system_instruction.rs`. */
export const withdrawNonce = defineOperation<WithdrawNonceInput, NonceFacts>({
  gather: ({ nonceAccount, to }, { chain, signers }) =>
    readNonceFacts(chain, { nonceAccount, payer: signers.payer, other: to }),

  check(input, facts, { signers: { payer } }) {
    const { nonceAccount, authority, to, lamports } = input;
    const signingTo = to === payer ? to : undefined;
    if (lamports === 0n) return [fail('Amount', 'Nothing would be taken', 'Type an amount above zero', 'lamports')];
    return [
      ...holderChecks(facts, nonceAccount, authority, signingTo, 'MissingRequiredSignature'),
      ...(facts.nonce.kind === 'initialised' ? amountChecks(input, facts) : []),
      ...destinationChecks(facts, input),
    ];
  },

  plan: ({ nonceAccount, authority, to, lamports }, _facts, { signers }) =>
    nonceStep(
      `Take ${formatSol(lamports)} SOL out of the nonce account ${brief(nonceAccount)}`,
      lamports === 0n ? [] : [withdraw(nonceAccount, { authority, to, lamports })],
      { signers, authority, watch: [nonceAccount, to], costLamports: to === signers.payer ? -lamports : 0n },
    ),

  changes({ to, lamports }, { nonce, other }) {
    if (lamports > nonce.lamports) return [];
    const sol = (amount: bigint) => `${formatSol(amount)} SOL`;
    return [
      { label: 'In the nonce account', before: sol(nonce.lamports), after: sol(nonce.lamports - lamports) },
      { label: `In ${to}`, before: sol(other?.lamports ?? 0n), after: sol((other?.lamports ?? 0n) + lamports) },
    ];
  },

  consequences: ({ lamports }, { nonce }) => closingConsequences(nonce.lamports === lamports, nonce),

  rent: () => ({ lamports: 0n, note: '' }),

  command: ({ nonceAccount, to, lamports }) =>
    lamports === 0n
      ? ''
      : solanaLine('withdraw-from-nonce-account', [nonceAccount, to, formatSol(lamports)], {
          'nonce-authority': 'nonce_authority.json',
        }),
});

function amountChecks({ nonceAccount, lamports }: WithdrawNonceInput, facts: NonceFacts): Check[] {
  const { nonce, rentLamports } = facts;
  const rest = nonce.lamports - lamports;
  if (rest === 0n) {
    return [
      warn('Amount', 'This is everything: the account closes', 'Take less to keep it', 'lamports'),
      ...expiredCheck(facts),
    ];
  }
  const most = nonce.lamports > rentLamports ? nonce.lamports - rentLamports : 0n;
  if (lamports <= most) return [pass('Amount', `${formatSol(rest)} SOL stay, ${formatSol(rentLamports)} SOL must`)];
  return [
    withAction(
      fail(
        'Amount',
        `It holds ${formatSol(nonce.lamports)} SOL, of which ${formatSol(rentLamports)} SOL must stay: less than ${formatSol(lamports)} SOL can be taken (InsufficientFunds)`,
        `Take at most ${formatSol(most)} SOL, or close the account`,
        'lamports',
      ),
      'Close it',
      { kind: 'change-nonce', nonceAccount, act: 'close' },
    ),
  ];
}
