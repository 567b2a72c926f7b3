import { Button } from '@mantine/core';
import type { FilledOf } from '#core/command-line/filled-form.ts';
import type { CoordinatorConfig } from '#core/layouts/generated/coordinator.ts';
import { OperationRequest } from '#core/operations/request.ts';
import type { RunTreasury } from '#core/rewards/treasury-view.ts';
import { formatDecimal } from '#core/units/decimal.ts';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useHolding, useRun, useSigners, useTreasury } from '#renderer/lib/queries.ts';
import { defaultChoice, type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { SignerSelect } from '#renderer/lib/signer-select.tsx';
import { type AmountReading, amountWords, readAmount } from '#renderer/lib/token-amount.ts';
import { TokenAmountField } from '#renderer/lib/token-amount-field.tsx';
import { formDraft } from '#renderer/lib/use-form-draft.ts';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { BeforeAfter } from '#renderer/ui/before-after.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { clearText, isUndecided, MeaningChoice } from '../meaning-choice.tsx';
import { OperationScreen } from '../operation-screen.tsx';
import { WaitingForm } from '../waiting-form.tsx';
import { indexHint } from './index-hint.ts';
import { aboveBalance } from './above-balance.ts';
import { configOf } from './config-of.ts';
import { HoldingLine } from './holding-line.tsx';
import { topUpDifferences } from './top-up-differences.ts';

/** How long typing has to rest before the chain is asked, in milliseconds. */
const REST_MS = 400;

type Rewarded = Extract<RunTreasury, { kind: 'rewarded' }>;
type TopUpText = { readonly amount: string; readonly funder: string };

const useTopUpDraft = formDraft<{
  /** Native units that had ever come in when the form was opened. */
  readonly depositedBefore: bigint;
  readonly form: TopUpText;
  readonly undecided: boolean;
  readonly choice: SignerChoice;
}>();

/** Sends tokens into the vault of a run, from where only claims take them out. */
export function TopUpScreen({ runId, filled }: { runId: string; filled?: FilledOf<'top-up'> | undefined }) {
  const navigation = useNavigation();
  const run = useRun(runId);
  const treasury = useTreasury(runId);
  const signers = useSigners();
  const title = `Top up ${runId}`;
  if (!run.data || !treasury.data || !signers.data) {
    return <WaitingForm title={title} queries={[run, treasury, signers]} />;
  }
  if (treasury.data.kind === 'plain') {
    return (
      <Page title={title} width="form">
        <EmptyState
          title="This run has no treasury"
          actions={<Button onClick={() => navigation.replace({ kind: 'run', runId })}>Back to the run</Button>}
        >
          Its clients earn points without tokens, so there is nothing to pay into.
        </EmptyState>
      </Page>
    );
  }
  const usual = defaultChoice(signers.data.signers, signers.data.roles);
  return (
    <TopUpForm
      runId={runId}
      treasury={treasury.data}
      config={configOf(run.data.accountData)}
      signers={usual}
      filled={filled}
    />
  );
}

function TopUpForm({
  runId,
  treasury,
  config,
  signers,
  filled,
}: {
  runId: string;
  treasury: Rewarded;
  config: CoordinatorConfig | undefined;
  signers: SignerChoice;
  filled: FilledOf<'top-up'> | undefined;
}) {
  const navigation = useNavigation();
  const { decimals } = treasury;
  const draft = useTopUpDraft(`${treasury.vault} ${JSON.stringify(filled ?? {})}`, {
    // Guards against paying twice: the same form is refused once more has come in than this, also when it was left meanwhile.
    depositedBefore: treasury.deposited,
    form: { amount: clearText(filled?.amount) ?? '', funder: signers.payer },
    // A pasted amount with two meanings: nothing is reviewed until one is chosen, or another amount is typed.
    undecided: isUndecided(filled?.amount),
    choice: signers,
  });
  const { depositedBefore, form, undecided, choice } = draft.typed;
  const cameIn = treasury.deposited - depositedBefore;
  const settled = useSettled(form, REST_MS);
  const holding = useHolding(treasury.mint, form.funder).data;
  const reading = readAmount(form.amount, decimals);
  const amount = reading.kind === 'amount' ? reading.native : 0n;

  const heldWords =
    cameIn !== 0n
      ? 'Say first what to do about the tokens that came in'
      : undecided
        ? 'Choose what the pasted amount means'
        : undefined;

  function type(text: string) {
    draft.type({ ...draft.typed, form: { ...form, amount: text }, undecided: false });
  }

  function leave() {
    draft.forget();
    navigation.replace({ kind: 'run', runId });
  }

  function requestOf({ amount: text, funder }: TopUpText): OperationRequest | undefined {
    const typed = readAmount(text, decimals);
    if (typed.kind !== 'amount' || typed.native === 0n) return undefined;
    return OperationRequest.safeParse({
      operation: {
        kind: 'top-up',
        runId,
        amount: typed.native.toString(),
        decimals,
        funder,
        depositedBefore: depositedBefore.toString(),
        ...indexHint(treasury),
      },
      signers: choice,
    }).data;
  }

  return (
    <OperationScreen
      title={`Top up ${runId}`}
      lead="Tokens in a treasury leave it only as claims of the run's clients. Nobody can take them back, its owner included."
      request={heldWords === undefined ? requestOf(form) : undefined}
      asked={heldWords === undefined ? requestOf(settled) : undefined}
      waitingFor={heldWords ?? waitingWords(reading, form.funder)}
      onDone={leave}
    >
      {cameIn !== 0n && (
        <Notice
          tone="warn"
          title={`${amountWords(cameIn, decimals)} came in since this form was opened`}
          actions={
            <>
              <Button size="xs" variant="default" onClick={leave}>
                That was it: back to the run
              </Button>
              <Button
                size="xs"
                variant="default"
                onClick={() => draft.type({ ...draft.typed, depositedBefore: treasury.deposited })}
              >
                Pay more on top
              </Button>
            </>
          }
        >
          It may be the very top-up typed here. Nothing is sent again unless you say so.
        </Notice>
      )}
      <MeaningChoice
        label="Amount"
        filled={filled?.amount}
        unit={{ decimals }}
        chosen={undecided ? undefined : form.amount}
        onChoose={type}
      />
      <Panel
        title="Top up"
        aside={
          treasury.missing > 0n && (
            <Button size="compact-xs" variant="default" onClick={() => type(formatDecimal(treasury.missing, decimals))}>
              Fill in what is missing
            </Button>
          )
        }
      >
        <div className="stack">
          <FieldPlace name="amount">
            <TokenAmountField
              label="Amount"
              description="Exactly this leaves the funder's token account"
              text={form.amount}
              onChange={type}
              unit={{ kind: 'tokens', decimals }}
              error={
                reading.kind === 'amount' && amount === 0n
                  ? 'Zero tops up nothing'
                  : aboveBalance(amount, holding, decimals)
              }
            />
          </FieldPlace>
          <SignerSelect
            label="Funder"
            description="Whose tokens are sent; this key signs"
            value={form.funder}
            onChange={(funder) => draft.type({ ...draft.typed, form: { ...form, funder } })}
          />
          <HoldingLine mint={treasury.mint} owner={form.funder} decimals={decimals} />
        </div>
      </Panel>
      <Panel title="What it comes to">
        <BeforeAfter differences={topUpDifferences(treasury, config, holding, amount)} />
      </Panel>
      <Panel title="Signers">
        <SignersFields
          choice={choice}
          onChange={(chosen) => draft.type({ ...draft.typed, choice: chosen })}
          parts={['payer']}
        />
      </Panel>
    </OperationScreen>
  );
}

function waitingWords(reading: AmountReading, funder: string): string {
  if (reading.kind === 'none') return 'Type an amount';
  if (reading.kind === 'refused' || reading.native === 0n) return 'Put the amount right';
  return funder === '' ? 'Choose the funder' : 'Choose the fee payer';
}
