import { sendLamports } from '#core/programs/nonce.ts';
import { brief } from '#core/transactions/instructions/instruction-reading.ts';
import { formatSol } from '#core/units/lamports.ts';
import { fail, pass, warn, withAction } from '../checks.ts';
import { defineOperation } from '../define-operation.ts';
import { type NonceFacts, nonceStep, readNonceFacts } from '../nonce-facts.ts';
import type { Check } from '../prepared.ts';
import { solanaLine } from '../solana-line.ts';
import type { FundNonceInput } from './input.ts';

/** Sends SOL into a nonce account: a plain transfer, which asks nobody. */
export const fundNonce = defineOperation<FundNonceInput, NonceFacts>({
  gather: ({ nonceAccount }, { chain, signers }) => readNonceFacts(chain, { nonceAccount, payer: signers.payer }),

  check: ({ nonceAccount, lamports }, facts) =>
    lamports === 0n
      ? [fail('Amount', 'Nothing would be sent', 'Type an amount above zero', 'lamports')]
      : [accountCheck(nonceAccount, facts), ...restChecks(lamports, facts)],

  plan: ({ nonceAccount, lamports }, _facts, { signers }) =>
    nonceStep(
      `Send ${formatSol(lamports)} SOL to the nonce account ${brief(nonceAccount)}`,
      lamports === 0n ? [] : [sendLamports(signers.payer, nonceAccount, lamports)],
      { signers, watch: [nonceAccount], costLamports: lamports },
    ),

  changes: ({ lamports }, { nonce }) => [
    {
      label: 'In the nonce account',
      before: `${formatSol(nonce.lamports)} SOL`,
      after: `${formatSol(nonce.lamports + lamports)} SOL`,
    },
  ],

  consequences: ({ lamports }, { nonce }) =>
    nonce.kind === 'initialised' && lamports > 0n
      ? [{ about: 'sol', text: `Only ${nonce.authority} can take it out again` }]
      : [],

  rent: () => ({ lamports: 0n, note: '' }),

  command: ({ nonceAccount, lamports }) =>
    lamports === 0n ? '' : solanaLine('transfer', [nonceAccount, formatSol(lamports)], { from: 'payer.json' }),
});

/** The network sends SOL anywhere. */
function accountCheck(nonceAccount: FundNonceInput['nonceAccount'], { nonce }: NonceFacts): Check {
  if (nonce.kind === 'initialised') return pass('Nonce account', `Held by ${nonce.authority}`);
  const what = { missing: 'nothing', other: 'something else', uninitialised: 'a nonce account without authority' };
  return withAction(
    warn(
      'Nonce account',
      `At ${nonceAccount} is ${what[nonce.kind]}. The SOL arrives all the same, and may be lost`,
      'Choose one of the list',
      'nonceAccount',
    ),
    'Nonce accounts',
    { kind: 'nonce-accounts' },
  );
}

/** What an account holds after a transaction keeps it alive. */
function restChecks(lamports: bigint, { nonce, rentLamports, floorLamports }: NonceFacts): Check[] {
  // Of other data the floor is not known here; it had to be kept when the data came.
  if (nonce.kind === 'other' && nonce.space > 0) return [];
  const floor = nonce.kind === 'missing' || nonce.kind === 'other' ? floorLamports : rentLamports;
  const after = nonce.lamports + lamports;
  if (after >= floor) return [pass('Rent', `${formatSol(after)} SOL, ${formatSol(floor)} SOL must stay`)];
  return [
    fail(
      'Rent',
      `The account would hold ${formatSol(after)} SOL; ${formatSol(floor)} SOL keep it alive (InsufficientFundsForRent)`,
      `Send at least ${formatSol(floor - nonce.lamports)} SOL`,
      'lamports',
    ),
  ];
}
