import { Radio, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { FilledForm } from '#core/command-line/filled-form.ts';
import { OperationRequest } from '#core/operations/request.ts';
import { nextTransition } from '#core/runs/next-transition.ts';
import { TICKER_LIMITS, TickerTerms } from '#core/runs/ticker-status.ts';
import { useClient } from '#renderer/lib/client.tsx';
import { formatCount, formatSeconds } from '#renderer/lib/durations.ts';
import { useNavigation } from '#renderer/lib/navigation.tsx';
import { useTicker } from '#renderer/lib/queries.ts';
import { RunStateBadge } from '#renderer/lib/run-state-badge.tsx';
import { type SignerChoice, SignersFields } from '#renderer/lib/signers-fields.tsx';
import { TickerProgress } from '#renderer/lib/ticker-progress.tsx';
import { formDraft } from '#renderer/lib/use-form-draft.ts';
import { useNow } from '#renderer/lib/use-now.ts';
import { Notice } from '#renderer/ui/notice.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { OperationScreen } from './operation-screen.tsx';
import { type ReadyRun, RunFormGate } from './run-form-gate.tsx';
import { tickWords } from './tick-words.ts';

type Filled = Extract<FilledForm, { kind: 'tick' }>;

type TickText = {
  readonly repeats: boolean;
  readonly count: string;
  readonly everyMs: string;
  readonly signers: SignerChoice;
};

const useTickDraft = formDraft<TickText>();

/** Lets a run look at the clock: once, or every so often until it is stopped. Anybody may. */
export function TickScreen({ runId, filled }: { runId: string; filled?: Filled | undefined }) {
  return (
    <RunFormGate runId={runId} title={`Tick ${runId}`}>
      {(ready) => <TickForm {...ready} filled={filled} />}
    </RunFormGate>
  );
}

function TickForm({ run, account, choice, filled }: ReadyRun & { filled: Filled | undefined }) {
  const { runId } = run;
  const client = useClient();
  const navigation = useNavigation();
  const queries = useQueryClient();
  const ticker = useTicker();
  const draft = useTickDraft(`${run.account} ${JSON.stringify(filled ?? {})}`, {
    repeats: filled?.everyMs !== undefined || filled?.count !== undefined,
    // Without a count the command ticks until it is stopped: here until its stop button, or as often as one approval covers.
    count: filled ? (filled.count ?? String(TICKER_LIMITS.maxCount)) : '10',
    everyMs: filled?.everyMs ?? '1000',
    signers: choice,
  });
  const { typed, type } = draft;
  const clusterTime = run.clusterTime + (useNow() - run.readAt) / 1_000;
  const words = tickWords(nextTransition(account.state, BigInt(Math.floor(clusterTime))), clusterTime);
  const terms = typed.repeats ? termsOf(typed) : undefined;
  const ticking = ticker.data?.kind === 'ticking' ? ticker.data : undefined;
  const request =
    (typed.repeats && !terms) || ticking
      ? undefined
      : OperationRequest.safeParse({ operation: { kind: 'tick', runId }, signers: typed.signers }).data;
  return (
    <OperationScreen
      title={`Tick ${runId}`}
      lead="Nothing moves without a transaction. Clients send it while they run; when none does, anybody may."
      request={request}
      waitingFor={
        ticking
          ? `It is ticking ${ticking.runId}: stop that first`
          : 'Put the marked fields right, and choose the fee payer'
      }
      approvesWith={
        terms && {
          label: `Sign and tick ${formatCount(terms.count)} times`,
          async approve(approval) {
            queries.setQueryData(['ticker'], await client.ticker.start({ ...terms, ...approval }));
          },
        }
      }
      onDone={() => {
        draft.forget();
        navigation.replace({ kind: 'run', runId });
      }}
    >
      {ticker.data && ticker.data.kind !== 'idle' && <TickerProgress status={ticker.data} />}
      <Panel
        title="What a tick does now"
        aside={
          <RunStateBadge
            state={account.state.coordinator.run_state}
            pendingPause={account.state.coordinator.pending_pause}
          />
        }
      >
        <Notice tone={words.does ? 'good' : 'info'} title={words.sentence}>
          {words.detail}
        </Notice>
      </Panel>
      <Panel title="How often">
        <div className="stack">
          <Radio.Group
            aria-label="How often"
            value={typed.repeats ? 'repeat' : 'once'}
            onChange={(value) => type({ ...typed, repeats: value === 'repeat' })}
          >
            <div className="row" style={{ gap: 20 }}>
              <Radio value="once" label="Once" />
              <Radio value="repeat" label="Again and again" />
            </div>
          </Radio.Group>
          {typed.repeats && (
            <>
              <div className="columns-2">
                <TextInput
                  label="How many times"
                  description={`At most ${formatCount(TICKER_LIMITS.maxCount)} in one approval`}
                  inputMode="numeric"
                  value={typed.count}
                  onChange={(event) => type({ ...typed, count: event.currentTarget.value })}
                  error={rangeError(typed.count, TICKER_LIMITS.minCount, TICKER_LIMITS.maxCount)}
                  classNames={{ input: 'mono' }}
                />
                <TextInput
                  label="Milliseconds between two"
                  description={`From ${formatCount(TICKER_LIMITS.minIntervalMs)} to ${formatCount(TICKER_LIMITS.maxIntervalMs)}`}
                  inputMode="numeric"
                  value={typed.everyMs}
                  onChange={(event) => type({ ...typed, everyMs: event.currentTarget.value })}
                  error={rangeError(typed.everyMs, TICKER_LIMITS.minIntervalMs, TICKER_LIMITS.maxIntervalMs)}
                  classNames={{ input: 'mono' }}
                />
              </div>
              {terms && (
                <p className="muted small">
                  One approval covers all of them: {formatCount(terms.count)} signatures of the fee payer, at least{' '}
                  {formatSeconds((terms.count * terms.intervalMs) / 1_000)} long. It can be stopped at any moment, and
                  ends by itself when one fails.
                </p>
              )}
            </>
          )}
        </div>
      </Panel>
      <Panel title="Signers">
        <SignersFields choice={typed.signers} onChange={(signers) => type({ ...typed, signers })} parts={['payer']} />
      </Panel>
    </OperationScreen>
  );
}

function termsOf({ count, everyMs }: TickText): TickerTerms | undefined {
  if (!isWhole(count) || !isWhole(everyMs)) return undefined;
  return TickerTerms.safeParse({ count: Number(count.trim()), intervalMs: Number(everyMs.trim()) }).data;
}

function rangeError(text: string, least: number, most: number): string | undefined {
  if (!isWhole(text)) return 'Write a whole number in digits';
  const value = Number(text.trim());
  return value < least || value > most ? `From ${formatCount(least)} to ${formatCount(most)}` : undefined;
}

function isWhole(text: string): boolean {
  return /^\d{1,9}$/.test(text.trim());
}
