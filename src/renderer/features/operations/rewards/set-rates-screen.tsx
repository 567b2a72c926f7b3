import type { FilledOf } from '#core/command-line/filled-form.ts';
import type { CoordinatorConfig } from '#core/layouts/generated/coordinator.ts';
import { OperationRequest } from '#core/operations/request.ts';
import type { RunTreasury } from '#core/rewards/treasury-view.ts';
import { formatDecimal } from '#core/units/decimal.ts';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useRun, useSigners, useTreasury } from '#renderer/lib/queries.ts';
import { sharingWords } from '#renderer/lib/reward-words.ts';
import { defaultChoice, type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { type AmountReading, readAmount } from '#renderer/lib/token-amount.ts';
import { TokenAmountField } from '#renderer/lib/token-amount-field.tsx';
import { formDraft } from '#renderer/lib/use-form-draft.ts';
import { useSettled } from '#renderer/lib/use-settled.ts';
import { BeforeAfter } from '#renderer/ui/before-after.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { clearText, isUndecided, MeaningChoice } from '../meaning-choice.tsx';
import { OperationScreen } from '../operation-screen.tsx';
import { WaitingForm } from '../waiting-form.tsx';
import { indexHint } from './index-hint.ts';
import { configOf } from './config-of.ts';
import { rateDifferences } from './rate-differences.ts';

/** How long typing has to rest before the chain is asked, in milliseconds. */
const REST_MS = 400;

type RatesText = { readonly earning: string; readonly slashing: string };

const useRatesDraft = formDraft<{
  readonly start: RatesText;
  readonly form: RatesText;
  readonly undecided: Readonly<Record<keyof RatesText, boolean>>;
  readonly choice: SignerChoice;
}>();

/** Sets what the next epochs pay: tokens of a treasury, or points. */
export function SetRatesScreen({ runId, filled }: { runId: string; filled?: FilledOf<'set-rates'> | undefined }) {
  const run = useRun(runId);
  const treasury = useTreasury(runId);
  const signers = useSigners();
  if (!run.data || !treasury.data || !signers.data) {
    return <WaitingForm title={`Set rates of ${runId}`} queries={[run, treasury, signers]} />;
  }
  const usual = defaultChoice(signers.data.signers, signers.data.roles);
  const mainAuthority = treasury.data.kind === 'rewarded' ? treasury.data.mainAuthority : run.data.mainAuthority;
  const owner = signers.data.signers.find(({ address }) => address === mainAuthority);
  return (
    <SetRatesForm
      runId={runId}
      draftKey={run.data.account}
      treasury={treasury.data}
      config={configOf(run.data.accountData)}
      signers={owner ? { ...usual, authority: owner.address } : usual}
      filled={filled}
    />
  );
}

function SetRatesForm({
  runId,
  draftKey,
  treasury,
  config,
  signers,
  filled,
}: {
  runId: string;
  /** Names the run in the drafts of this form. */
  draftKey: string;
  treasury: RunTreasury;
  config: CoordinatorConfig | undefined;
  signers: SignerChoice;
  filled: FilledOf<'set-rates'> | undefined;
}) {
  const navigation = useNavigation();
  const isRewarded = treasury.kind === 'rewarded';
  const decimals = isRewarded ? treasury.decimals : 0;
  const now = {
    earning: formatDecimal(treasury.future.earning, decimals),
    slashing: formatDecimal(treasury.future.slashing, decimals),
  };
  const draft = useRatesDraft(`${draftKey} ${JSON.stringify(filled ?? {})}`, {
    // What the chain said when the form was opened: only a rate that was typed over is sent.
    start: now,
    form: {
      earning: clearText(filled?.earning) ?? now.earning,
      slashing: clearText(filled?.slashing) ?? now.slashing,
    },
    // A pasted rate with two meanings: nothing is reviewed until one is chosen, or another amount is typed.
    undecided: { earning: isUndecided(filled?.earning), slashing: isUndecided(filled?.slashing) },
    choice: signers,
  });
  const { start, form, undecided, choice } = draft.typed;
  const isOpen = undecided.earning || undecided.slashing;
  const settled = useSettled(form, REST_MS);
  const earning = readAmount(form.earning, decimals);
  const slashing = readAmount(form.slashing, decimals);
  const unit = isRewarded ? ({ kind: 'tokens', decimals } as const) : ({ kind: 'points' } as const);

  function type(part: keyof RatesText, text: string) {
    draft.type({ ...draft.typed, form: { ...form, [part]: text }, undecided: { ...undecided, [part]: false } });
  }

  function requestOf(typed: RatesText): OperationRequest | undefined {
    const rate = (name: keyof RatesText) =>
      typed[name].trim() === start[name] ? ({ kind: 'none' } as const) : readAmount(typed[name], decimals);
    const rates = { earning: rate('earning'), slashing: rate('slashing') };
    if (rates.earning.kind === 'refused' || rates.slashing.kind === 'refused') return undefined;
    return OperationRequest.safeParse({
      operation: {
        kind: 'set-rates',
        runId,
        ...(rates.earning.kind === 'amount' && { earning: rates.earning.native.toString() }),
        ...(rates.slashing.kind === 'amount' && { slashing: rates.slashing.native.toString() }),
        ...(isRewarded && { decimals }),
        ...indexHint(treasury),
      },
      signers: choice,
    }).data;
  }

  return (
    <OperationScreen
      title={`Set rates of ${runId}`}
      lead="They count from the next epoch on. The epoch that runs is paid at the rates it began with."
      request={isOpen ? undefined : requestOf(form)}
      asked={isOpen ? undefined : requestOf(settled)}
      waitingFor={isOpen ? 'Choose what the pasted rate means' : waitingWords(earning, slashing)}
      onDone={() => {
        draft.forget();
        navigation.replace({ kind: 'run', runId });
      }}
    >
      {!isRewarded && (
        <Notice tone="info" title="Points without tokens">
          This run has no treasury. Clients earn points that nobody can exchange for tokens, and a treasury cannot be
          added to it later.
        </Notice>
      )}
      <MeaningChoice
        label="Reward per epoch"
        filled={filled?.earning}
        unit={{ decimals: isRewarded ? decimals : undefined, sharing: treasury.sharing }}
        chosen={undecided.earning ? undefined : form.earning}
        onChoose={(text) => type('earning', text)}
      />
      <MeaningChoice
        label="Penalty per client"
        filled={filled?.slashing}
        unit={{ decimals: isRewarded ? decimals : undefined }}
        chosen={undecided.slashing ? undefined : form.slashing}
        onChoose={(text) => type('slashing', text)}
      />
      <Panel title="Rates of the next epochs">
        <div className="stack">
          <FieldPlace name="earning">
            <TokenAmountField
              label="Reward per epoch, shared"
              description="Divided equally among the clients of an epoch; whoever dropped out gets nothing"
              text={form.earning}
              onChange={(text) => type('earning', text)}
              unit={unit}
            />
          </FieldPlace>
          <FieldPlace name="slashing">
            <TokenAmountField
              label="Penalty per client"
              description="Stored on chain and never applied by the program: nobody loses anything by it"
              text={form.slashing}
              onChange={(text) => type('slashing', text)}
              unit={unit}
            />
          </FieldPlace>
        </div>
      </Panel>
      <Panel title="What it comes to" aside={`shared by ${sharingWords(treasury.sharing)}`}>
        <BeforeAfter
          beforeTitle="As set now"
          afterTitle="With these rates"
          differences={rateDifferences(treasury, config, nativeOr(earning, treasury.future.earning), {
            slashing: nativeOr(slashing, treasury.future.slashing),
          })}
        />
      </Panel>
      <Panel title="Signers">
        <SignersFields
          choice={choice}
          onChange={(chosen) => draft.type({ ...draft.typed, choice: chosen })}
          parts={['authority', 'payer']}
        />
      </Panel>
    </OperationScreen>
  );
}

function nativeOr(reading: AmountReading, otherwise: bigint): bigint {
  return reading.kind === 'amount' ? reading.native : otherwise;
}

function waitingWords(earning: AmountReading, slashing: AmountReading): string {
  if (earning.kind === 'refused' || slashing.kind === 'refused') return 'Put the marked amount right';
  return 'Change a rate, and choose the main authority and the fee payer';
}
