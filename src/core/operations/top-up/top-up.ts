import { associatedTokenAddress } from '#core/layouts/addresses.ts';
import { transferChecked } from '#core/programs/token.ts';
import { readTokenAccount, type TokenAccount } from '#core/rewards/token-account.ts';
import { runwayOf } from '#core/rewards/treasury.ts';
import type { Address } from '#core/solana/address.ts';
import { fail, pass, warn } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { defineOperation, type Facts, type OperationContext } from '../define-operation.ts';
import { packSteps } from '../pack-steps.ts';
import type { Check } from '../prepared.ts';
import { foreignTreasurer, type RunFacts } from '../run-facts.ts';
import { decimalsChecks, mintChecks, sourceChecks, vaultChecks } from '../token-checks.ts';
import { amountText, cliAmount, indexFlag, ROUNDING_NOTE, runwayText } from '../token-text.ts';
import { readRunAndTreasury, type Treasury } from '../treasury-facts.ts';
import type { TopUpInput } from './input.ts';

type TopUpFacts = RunFacts &
  Facts & {
    /** Absent: there is nowhere to pay to, and nothing is planned. */
    readonly paid: { readonly treasury: Treasury; readonly source: TopUpSource } | undefined;
  };

type TopUpSource = { readonly address: Address; readonly funder: Address; readonly tokens: TokenAccount | undefined };

/** Sends tokens into a run's vault. Only claims take them out again. Source: PROTOCOL.md §4.2, §9.2. */
export const topUp = defineOperation<TopUpInput, TopUpFacts>({
  async gather({ runId, treasurerIndex, funder }, { chain, programs, signers }) {
    const sourceOf = (mint: Address) => associatedTokenAddress(funder, mint).address;
    const [{ facts, read }, floorLamports] = await Promise.all([
      readRunAndTreasury({ runId, treasurerIndex }, signers.payer, { chain, programs }, ({ mint }) => [sourceOf(mint)]),
      chain.readRentFloor(0),
    ]);
    if (!read) return { ...facts, floorLamports, paid: undefined };
    const { treasury, accounts } = read;
    const source = { address: sourceOf(treasury.mintAddress), funder, tokens: readTokenAccount(accounts[0]) };
    return { ...facts, slot: treasury.slot, floorLamports, paid: { treasury, source } };
  },

  check: (input, facts, context) => (facts.paid ? paymentChecks(input, facts, facts.paid, context) : [nowhere(facts)]),

  plan: ({ runId, amount, decimals, funder }, { paid }, { signers }) =>
    packSteps(
      [
        {
          title: `Top up the treasury of run “${runId}”`,
          instructions:
            paid && amount > 0n
              ? [
                  transferChecked({
                    source: paid.source.address,
                    mint: paid.treasury.mintAddress,
                    destination: paid.treasury.vault,
                    owner: funder,
                    amount,
                    decimals,
                  }),
                ]
              : [],
        },
      ],
      {
        signers,
        roles: { [funder]: 'Funder' },
        runId,
        watch: [signers.payer, ...(paid ? [paid.source.address, paid.treasury.vault] : [])],
      },
    ),

  changes({ amount, decimals }, { paid, run }) {
    if (!paid) return [];
    const { amounts } = paid.treasury;
    const held = paid.source.tokens?.amount ?? 0n;
    const rate = run.state.clients_state.future_epoch_rates.earning_rate_total_shared;
    const lasts = (added: bigint) => {
      const left = amounts.funded + added - amounts.owed;
      return runwayText(runwayOf(left > 0n ? left : 0n, rate, run.state.coordinator.config));
    };
    const text = (native: bigint) => amountText(native, decimals);
    return [
      { label: 'Vault', before: text(amounts.funded), after: text(amounts.funded + amount) },
      ...(held >= amount ? [{ label: 'Funder', before: text(held), after: text(held - amount) }] : []),
      { label: 'Treasury lasts', before: lasts(0n), after: lasts(amount) },
    ].filter(({ before, after }) => before !== after);
  },

  consequences: ({ amount, decimals, funder }, { paid, mainAuthority }) =>
    !paid || amount === 0n
      ? []
      : [
          {
            about: 'tokens',
            text: `${amountText(amount, decimals)} leave ${funder}. Only claims of clients take them out of the vault again, never the owner ${mainAuthority}`,
          },
          {
            about: 'people',
            text:
              paid.treasury.amounts.owed > paid.treasury.amounts.funded
                ? 'Clients whose claims the vault did not cover can claim at once'
                : 'Clients can claim what they earn as far as the vault reaches',
          },
        ],

  rent: () => ({ lamports: 0n, note: '' }),

  command({ runId, amount, decimals }, { paid }) {
    const cli = cliAmount(amount, decimals);
    const line = runManagerLine('treasurer-top-up-rewards', 'funder.json', {
      'run-id': runId,
      ...indexFlag(runId, paid?.treasury.value.index),
      'collateral-amount': cli.text,
    });
    return cli.isExact ? line : `${ROUNDING_NOTE}\n${line}`;
  },
});

function nowhere({ ownership }: TopUpFacts): Check {
  if (ownership.kind === 'foreign-treasurer') return foreignTreasurer(ownership.treasurerRun);
  return fail(
    'Treasury',
    'This run has no treasury. What may lie at the address of one was sent there by somebody and is not one',
    'Choose a run with rewards',
    'runId',
  );
}

function paymentChecks(
  input: TopUpInput,
  facts: TopUpFacts,
  { treasury, source }: NonNullable<TopUpFacts['paid']>,
  context: OperationContext,
): Check[] {
  return [
    destinationCheck(facts, treasury, context),
    ...mintChecks(treasury.mint, 'amount'),
    ...decimalsChecks(treasury.mint, input.decimals, 'amount'),
    ...vaultChecks(treasury),
    ...(input.amount === 0n
      ? [fail('Amount', 'Nothing would be sent', 'Type an amount above zero', 'amount')]
      : sourceChecks(source, input.amount, input.decimals, 'funder')),
    ...depositChecks(input, treasury),
    warn(
      'No way back',
      'Nobody can take tokens out of a vault again, except clients who claim what they earned',
      'Send only what these clients are to get',
      'amount',
    ),
  ];
}

/** Paying somebody else's clients is possible and hardly ever meant. */
function destinationCheck(
  { mainAuthority, place }: TopUpFacts,
  { vault }: Treasury,
  { signers, ownAccounts }: OperationContext,
): Check {
  if (mainAuthority === signers.authority || ownAccounts.has(place.account)) {
    return pass('Destination', `The vault ${vault} of your run`);
  }
  return fail(
    'Destination',
    `This run belongs to ${mainAuthority}, not to ${signers.authority}: the tokens would pay the clients of somebody else`,
    'Check the run id; if you mean to pay for it all the same, say so when you sign',
    'runId',
  );
}

/** The same request twice is a mistake: a double click, or a form kept through a time-out or a crash. */
function depositChecks({ depositedBefore, decimals }: TopUpInput, { amounts }: Treasury): Check[] {
  const more = amounts.deposited - depositedBefore;
  if (more === 0n) return [];
  return more > 0n
    ? [
        fail(
          'Paid already?',
          `${amountText(more, decimals)} came into the vault since this form was opened: it may be this very payment`,
          'Look at the transactions, then open the form again if you want to send more',
          'amount',
        ),
      ]
    : [
        fail(
          'Older state',
          'The node shows the vault as it was before this form was opened',
          'Open the form again when the node has caught up',
          'amount',
        ),
      ];
}
