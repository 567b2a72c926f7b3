import { Button, Checkbox, TextInput } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { treasurerIndexOf } from '#core/layouts/addresses.ts';
import type { MintLook } from '#core/rewards/treasury-view.ts';
import { Failure } from '#renderer/lib/failure.tsx';
import { FieldPlace } from '#renderer/lib/field-place.tsx';
import { useHolding } from '#renderer/lib/queries.ts';
import { SignerSelect } from '#renderer/lib/signer-select.tsx';
import { readAmount } from '#renderer/lib/token-amount.ts';
import { TokenAmountField } from '#renderer/lib/token-amount-field.tsx';
import { Fold } from '#renderer/ui/fold.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { SkeletonLines } from '#renderer/ui/skeleton-lines.tsx';
import { aboveBalance } from '../rewards/above-balance.ts';
import { HoldingLine } from '../rewards/holding-line.tsx';
import type { CreateDraft, DraftProblems } from './draft.ts';
import { MintFacts } from './mint-facts.tsx';
import { decimalsOf, type RewardsDraft } from './rewards-draft.ts';

type Props = {
  draft: CreateDraft;
  onChange: (draft: CreateDraft) => void;
  problems: DraftProblems;
  mint: UseQueryResult<MintLook>;
  demoMint: string | undefined;
  /** Why the chain would refuse a field. */
  refusal: (field: string) => string | undefined;
  approvals: number | undefined;
};

/** Points, or tokens from a treasury: decided once, when the run is created. */
export function RewardsStep({ draft, onChange, problems, mint, demoMint, refusal, approvals }: Props) {
  const { rewards } = draft;
  const change = (parts: Partial<RewardsDraft>) => onChange({ ...draft, rewards: { ...rewards, ...parts } });
  return (
    <>
      <Panel title="Rewards" aside={approvals !== undefined && rewards.isOn && `${approvals} approvals so far`}>
        <div className="stack">
          <Checkbox
            label="Pay clients with tokens"
            description="The run gets a treasury. Without one, clients earn points that stand for no tokens, and a treasury cannot be added later."
            checked={rewards.isOn}
            onChange={(event) =>
              change({ isOn: event.currentTarget.checked, funder: rewards.funder || draft.signers.payer })
            }
          />
          {rewards.isOn && (
            <>
              <Notice tone="warn" title="What goes into a run with a treasury does not come back">
                Such a run cannot be closed: the SOL locked for its storage stays locked. Tokens leave its vault only as
                claims of its clients.
              </Notice>
              <MintField
                rewards={rewards}
                change={change}
                problems={problems}
                mint={mint}
                demoMint={demoMint}
                refusal={refusal}
              />
              <IndexField draft={draft} change={change} problems={problems} refusal={refusal} />
            </>
          )}
        </div>
      </Panel>
      {rewards.isOn && (
        <>
          <RatesPanel rewards={rewards} change={change} decimals={decimalsOf(rewards, mint.data)} />
          <TopUpPanel
            rewards={rewards}
            change={change}
            decimals={decimalsOf(rewards, mint.data)}
            problem={problems.funder}
            refusal={refusal('rewards.topUp')}
          />
        </>
      )}
    </>
  );
}

type Change = (parts: Partial<RewardsDraft>) => void;

function MintField({
  rewards,
  change,
  problems,
  mint,
  demoMint,
  refusal,
}: Pick<Props, 'problems' | 'mint' | 'demoMint' | 'refusal'> & { rewards: RewardsDraft; change: Change }) {
  const isEmpty = rewards.mint.trim() === '';
  const isAsking = mint.isFetching && !mint.data;
  return (
    <>
      <FieldPlace name="rewards.mint">
        <TextInput
          label="Mint of the reward token"
          description="The token's own address (collateral mint); a classic SPL token"
          placeholder="base58, 32 bytes"
          value={rewards.mint}
          onChange={(event) => change({ mint: event.currentTarget.value })}
          error={isEmpty || isAsking || mint.isError ? undefined : (problems.mint ?? refusal('rewards.mint'))}
          classNames={{ input: 'mono' }}
          withAsterisk
        />
      </FieldPlace>
      {demoMint !== undefined && rewards.mint.trim() !== demoMint && (
        <div>
          <Button size="xs" variant="default" onClick={() => change({ mint: demoMint })}>
            Use the demo mint
          </Button>
        </div>
      )}
      {isAsking && <SkeletonLines lines={4} label="Reading the mint" />}
      {mint.isError && (
        <Failure error={mint.error} title="The mint could not be read" onRetry={() => void mint.refetch()} />
      )}
      {mint.data?.kind === 'mint' && <MintFacts mint={mint.data} />}
    </>
  );
}

function IndexField({
  draft,
  change,
  problems,
  refusal,
}: Pick<Props, 'draft' | 'problems' | 'refusal'> & { change: Change }) {
  const { treasurerIndex } = draft.rewards;
  const byDefault = treasurerIndexOf(draft.runId).toString();
  const error = problems.treasurerIndex ?? refusal('rewards.treasurerIndex');
  return (
    <Fold
      title={
        <>
          Treasurer index <span className="mono">{treasurerIndex.trim() || byDefault}</span>
          {treasurerIndex.trim() === '' && <span className="muted"> (derived from the run id)</span>}
        </>
      }
      open={treasurerIndex !== '' || error !== undefined}
    >
      <div className="stack">
        <FieldPlace name="rewards.treasurerIndex">
          <TextInput
            label="Another index"
            description="Leave it empty unless the derived one is taken"
            placeholder={byDefault}
            inputMode="numeric"
            value={treasurerIndex}
            onChange={(event) => change({ treasurerIndex: event.currentTarget.value })}
            error={error}
            classNames={{ input: 'mono' }}
          />
        </FieldPlace>
        {treasurerIndex.trim() !== '' && (
          <Notice tone="warn" title="An index chosen by hand must be kept">
            It does not follow from the run id. The command line finds this treasury only when it is told this number,
            and so must everyone who tops up or claims with it.
          </Notice>
        )}
      </div>
    </Fold>
  );
}

function RatesPanel({
  rewards,
  change,
  decimals,
}: {
  rewards: RewardsDraft;
  change: Change;
  decimals: number | undefined;
}) {
  const unit = { kind: 'tokens', decimals } as const;
  return (
    <Panel title="Rates" aside="can be changed later, for epochs to come">
      <div className="columns-2">
        <FieldPlace name="rewards.earning">
          <TokenAmountField
            label="Reward per epoch, shared"
            description="Divided equally among the clients of an epoch"
            text={rewards.earning}
            onChange={(earning) => change({ earning })}
            unit={unit}
          />
        </FieldPlace>
        <FieldPlace name="rewards.slashing">
          <TokenAmountField
            label="Penalty per client"
            description="Stored and never applied by the program"
            text={rewards.slashing}
            onChange={(slashing) => change({ slashing })}
            unit={unit}
          />
        </FieldPlace>
      </div>
    </Panel>
  );
}

function TopUpPanel({
  rewards,
  change,
  decimals,
  problem,
  refusal,
}: {
  rewards: RewardsDraft;
  change: Change;
  decimals: number | undefined;
  problem: string | undefined;
  refusal: string | undefined;
}) {
  const holding = useHolding(decimals === undefined ? '' : rewards.mint, rewards.funder).data;
  const reading = decimals === undefined ? undefined : readAmount(rewards.topUp, decimals);
  const above =
    decimals !== undefined && reading?.kind === 'amount' ? aboveBalance(reading.native, holding, decimals) : undefined;
  return (
    <Panel title="First top-up" aside="or later, from the run's page">
      <div className="stack">
        <div className="columns-2">
          <FieldPlace name="rewards.topUp">
            <TokenAmountField
              label="Fill the treasury up to"
              description="Never pays twice, also when resumed"
              text={rewards.topUp}
              onChange={(topUp) => change({ topUp })}
              unit={{ kind: 'tokens', decimals }}
              error={above ?? refusal}
            />
          </FieldPlace>
          <SignerSelect
            label="Funder"
            description="Whose tokens are sent; this key signs"
            value={rewards.funder}
            onChange={(funder) => change({ funder })}
            error={problem}
          />
        </div>
        {decimals !== undefined && <HoldingLine mint={rewards.mint} owner={rewards.funder} decimals={decimals} />}
      </div>
    </Panel>
  );
}
