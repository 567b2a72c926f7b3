import { Button } from '@mantine/core';
import { useState } from 'react';
import type { CoordinatorConfig } from '#core/layouts/generated/coordinator.ts';
import { OperationRequest } from '#core/operations/request.ts';
import type { RunTreasury } from '#core/rewards/treasury-view.ts';
import { formatDecimal } from '#core/units/decimal.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useHolding, useRun, useSigners, useTreasury } from '#renderer/lib/queries.ts';
import { defaultChoice, type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { SignerSelect } from '#renderer/lib/signer-select.tsx';
import { type AmountReading, amountWords, readAmount } from '#renderer/lib/token-amount.ts';
import { TokenAmountField } from '#renderer/lib/token-amount-field.tsx';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { BeforeAfter } from '#renderer/ui/before-after.tsx';
import { EmptyState } from '#renderer/ui/empty-state.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Page } from '#renderer/ui/page.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { OperationScreen } from '../operation-screen.tsx';
import { WaitingForm } from '../waiting-form.tsx';
import { aboveBalance } from './above-balance.ts';
import { configOf } from './config-of.ts';
import { HoldingLine } from './holding-line.tsx';
import { topUpDifferences } from './top-up-differences.ts';

/** How long typing has to rest before the chain is asked, in milliseconds. */
const REST_MS = 400;

type Rewarded = Extract<RunTreasury, { kind: 'rewarded' }>;
type TopUpText = { readonly amount: string; readonly funder: string };

/** Sends tokens into the vault of a run, from where only claims take them out. */
export function TopUpScreen({ runId }: { runId: string }) {
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
  return <TopUpForm runId={runId} treasury={treasury.data} config={configOf(run.data.accountData)} signers={usual} />;
}

function TopUpForm({
  runId,
  treasury,
  config,
  signers,
}: {
  runId: string;
  treasury: Rewarded;
  config: CoordinatorConfig | undefined;
  signers: SignerChoice;
}) {
  const navigation = useNavigation();
  const { decimals } = treasury;
  // Guards against paying twice: the same form is refused once more has come in than this.
  const [depositedBefore, setDepositedBefore] = useState(treasury.deposited);
  const [form, setForm] = useState<TopUpText>({ amount: '', funder: signers.payer });
  const [choice, setChoice] = useState(signers);
  const settled = useSettled(form, REST_MS);
  const holding = useHolding(treasury.mint, form.funder).data;
  const reading = readAmount(form.amount, decimals);
  const amount = reading.kind === 'amount' ? reading.native : 0n;
  const cameIn = treasury.deposited - depositedBefore;

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
      },
      signers: choice,
    }).data;
  }

  return (
    <OperationScreen
      title={`Top up ${runId}`}
      lead="Tokens in a treasury leave it only as claims of the run's clients. Nobody can take them back, its owner included."
      request={cameIn === 0n ? requestOf(form) : undefined}
      asked={cameIn === 0n ? requestOf(settled) : undefined}
      waitingFor={
        cameIn === 0n ? waitingWords(reading, form.funder) : 'Say first what to do about the tokens that came in'
      }
      onDone={() => navigation.replace({ kind: 'run', runId })}
    >
      {cameIn !== 0n && (
        <Notice
          tone="warn"
          title={`${amountWords(cameIn, decimals)} came in since this form was opened`}
          actions={
            <>
              <Button size="xs" variant="default" onClick={() => navigation.replace({ kind: 'run', runId })}>
                That was it: back to the run
              </Button>
              <Button size="xs" variant="default" onClick={() => setDepositedBefore(treasury.deposited)}>
                Pay more on top
              </Button>
            </>
          }
        >
          It may be the very top-up typed here. Nothing is sent again unless you say so.
        </Notice>
      )}
      <Panel
        title="Top up"
        aside={
          treasury.missing > 0n && (
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => setForm({ ...form, amount: formatDecimal(treasury.missing, decimals) })}
            >
              Fill in what is missing
            </Button>
          )
        }
      >
        <div className="stack">
          <TokenAmountField
            label="Amount"
            description="Exactly this leaves the funder's token account"
            text={form.amount}
            onChange={(text) => setForm({ ...form, amount: text })}
            unit={{ kind: 'tokens', decimals }}
            error={
              reading.kind === 'amount' && amount === 0n
                ? 'Zero tops up nothing'
                : aboveBalance(amount, holding, decimals)
            }
          />
          <SignerSelect
            label="Funder"
            description="Whose tokens are sent; this key signs"
            value={form.funder}
            onChange={(funder) => setForm({ ...form, funder })}
          />
          <HoldingLine mint={treasury.mint} owner={form.funder} decimals={decimals} />
        </div>
      </Panel>
      <Panel title="What it comes to">
        <BeforeAfter differences={topUpDifferences(treasury, config, holding, amount)} />
      </Panel>
      <Panel title="Signers">
        <SignersFields choice={choice} onChange={setChoice} parts={['payer']} />
      </Panel>
    </OperationScreen>
  );
}

function waitingWords(reading: AmountReading, funder: string): string {
  if (reading.kind === 'none') return 'Type an amount';
  if (reading.kind === 'refused' || reading.native === 0n) return 'Put the amount right';
  return funder === '' ? 'Choose the funder' : 'Choose the fee payer';
}
