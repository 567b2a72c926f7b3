import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Runway, RunTreasury } from '#core/rewards/treasury-view.ts';
import { FullAddress } from '#renderer/lib/address.tsx';
import { formatCount } from '#renderer/lib/durations.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { runwayEpochs, runwayTime } from '#renderer/lib/reward-words.ts';
import { amountWords, formatTokens } from '#renderer/lib/token-amount.ts';
import { Tokens } from '#renderer/lib/tokens.tsx';
import { Chip } from '#renderer/ui/chip.tsx';
import { Facts } from '#renderer/ui/facts.tsx';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { RatesTable } from './rates-table.tsx';
import { TreasuryBar } from './treasury-bar.tsx';
import classes from './treasury-panel.module.css';

type Rewarded = Extract<RunTreasury, { kind: 'rewarded' }>;

/** What pays the clients of a run: what is in the vault, what of it is owed, and how long the rest lasts. */
export function TreasuryPanel({ runId, treasury }: { runId: string; treasury: Rewarded }) {
  const navigation = useNavigation();
  const { decimals, funded, owed, missing, surplus, runwayFuture } = treasury;
  return (
    <Panel
      title="Treasury"
      aside={
        <>
          <Button size="xs" variant="default" onClick={() => navigation.go({ kind: 'set-rates', runId })}>
            Set rates
          </Button>
          <Button
            size="xs"
            variant={missing > 0n ? 'filled' : 'default'}
            onClick={() => navigation.go({ kind: 'top-up', runId })}
          >
            Top up
          </Button>
        </>
      }
    >
      <div className="stack-wide">
        <TreasuryNotice treasury={treasury} />
        <dl className={classes.figures}>
          <Figure label="Funded" native={funded} decimals={decimals} />
          <Figure label="Owed" native={owed} decimals={decimals} />
          {missing > 0n ? (
            <Figure label="Missing" native={missing} decimals={decimals} tone="bad" />
          ) : (
            <Figure label="Surplus" native={surplus} decimals={decimals} />
          )}
          <div>
            <dt className="muted small">Lasts at the next rate</dt>
            <dd className={classes.value}>{runwayEpochs(runwayFuture)}</dd>
            <dd className="muted small">{runwayTime(runwayFuture)}</dd>
          </div>
        </dl>
        <TreasuryBar funded={funded} owed={owed} missing={missing} surplus={surplus} decimals={decimals} />
        <div className={classes.columns}>
          <RatesTable {...treasury} />
          <Facts facts={detailsOf(treasury)} />
        </div>
      </div>
    </Panel>
  );
}

/** What its owner or its clients should know first; nothing when all is well. */
function TreasuryNotice({ treasury }: { treasury: Rewarded }) {
  const { decimals, missing, surplus, future, runwayFuture } = treasury;
  if (missing > 0n) {
    return (
      <Notice tone="warn" title={`The vault lacks ${amountWords(missing, decimals)} that clients have earned`}>
        Whoever claims first is paid; the rest waits for a top-up.
      </Notice>
    );
  }
  if (future.earning > 0n && runwayFuture.epochs === 0n) {
    return (
      <Notice
        tone="warn"
        title={surplus === 0n ? 'The treasury is empty' : 'The treasury does not cover the next epoch'}
      >
        Epochs are counted all the same: clients earn {amountWords(future.earning, decimals)} together in each, and can
        claim only what is in the vault.
      </Notice>
    );
  }
  return null;
}

function Figure({ label, native, decimals, tone }: { label: string; native: bigint; decimals: number; tone?: 'bad' }) {
  return (
    <div>
      <dt className="muted small">{label}</dt>
      <dd className={classes.value} data-tone={tone}>
        {formatTokens(native, decimals)} <span className={classes.unit}>tokens</span>
      </dd>
      <dd className="muted small">{formatCount(native)} native</dd>
    </div>
  );
}

function detailsOf(treasury: Rewarded): readonly { label: string; value: ReactNode }[] {
  const { decimals, deposited, claimed, earned, mint, vault, index, isDefaultIndex, runwayCurrent } = treasury;
  const tokens = (amount: bigint) => <Tokens amount={amount} decimals={decimals} />;
  return [
    { label: 'Paid in so far', value: tokens(deposited) },
    { label: 'Earned by all', value: tokens(earned) },
    { label: 'Claimed', value: tokens(claimed) },
    { label: 'Lasts at this epoch’s rate', value: lasts(runwayCurrent) },
    { label: 'Reward token (mint)', value: <FullAddress address={mint} /> },
    { label: 'Vault', value: <FullAddress address={vault} /> },
    {
      label: 'Treasurer index',
      value: (
        <span className="row">
          <span className="mono">{index.toString()}</span>
          {!isDefaultIndex && <Chip tone="warn">chosen by hand: keep it</Chip>}
        </span>
      ),
    },
  ];
}

function lasts(runway: Runway): string {
  return [runwayEpochs(runway), runwayTime(runway)].filter(Boolean).join(', ');
}
