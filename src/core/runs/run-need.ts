import type { Coordinator, CoordinatorAccount } from '#core/layouts/generated/coordinator.ts';
import { RUN_STATE_TEXTS } from '#core/layouts/run-state-text.ts';
import { MAX_CLIENTS } from '#core/layouts/programs.ts';
import type { HelpfulAction } from '#core/operations/place.ts';
import type { RunTreasury } from '#core/rewards/treasury-view.ts';
import { nextTransition, TRANSITION_REASONS } from './next-transition.ts';
import { type Admission, firstBrokenRule, isConfigured } from './readiness.ts';

export type RunNeedFacts = {
  readonly runId: string;
  readonly account: CoordinatorAccount;
  /** Unix seconds of the cluster. */
  readonly clusterTime: number;
  readonly admission: Admission;
  /** Absent while it is being read. */
  readonly treasury: RunTreasury | undefined;
  /** One of the operator's keys owns the run: only then are the owner's acts offered. */
  readonly isOwner: boolean;
};

/** What a run waits for, in one sentence, and what would help. */
export type RunNeed = {
  readonly sentence: string;
  readonly detail: string;
  readonly tone: 'info' | 'good' | 'warn';
  readonly action?: HelpfulAction;
};

/** Seconds after which clients would long have sent the transaction that moves a run on. */
const TICKS_WITHIN = 15;

/** What a run waits for now. Source of every rule: PROTOCOL.md §7, §8, §9. */
export function runNeed(facts: RunNeedFacts): RunNeed {
  const { state } = facts.account;
  switch (state.coordinator.run_state) {
    case 'Uninitialized':
      return needOfNew(facts);
    case 'Paused':
      return needOfPaused(facts);
    case 'Finished':
      return needOfFinished(facts);
    case 'WaitingForMembers':
      return needOfMembers(facts);
    case 'Warmup':
    case 'RoundTrain':
    case 'RoundWitness':
    case 'Cooldown':
      return needOfTick(facts) ?? needOfTokens(facts) ?? progress(facts);
  }
}

function needOfNew(facts: RunNeedFacts): RunNeed {
  const { runId, account } = facts;
  if (!isConfigured(account)) {
    return forOwner(facts, {
      sentence: 'It has no configuration yet',
      detail: 'A run starts once a configuration and a model are on chain.',
      tone: 'info',
      action: { label: 'Add a configuration', place: { kind: 'update-configuration', runId } },
    });
  }
  const broken = needOfConfiguration(facts, 'be started');
  if (broken) return broken;
  return forOwner(facts, {
    sentence: 'It is configured and has not been started',
    detail: 'Start it to let clients begin.',
    tone: 'info',
    action: { label: 'Start the run', place: { kind: 'set-paused', runId, paused: false } },
  });
}

function needOfPaused(facts: RunNeedFacts): RunNeed {
  const { runId, account } = facts;
  const { progress: at, config } = account.state.coordinator;
  const broken = needOfConfiguration(facts, 'be resumed');
  if (broken) return broken;
  if (at.step >= config.total_steps) {
    return forOwner(facts, {
      sentence: `It is paused with all of its ${config.total_steps} steps done`,
      detail: 'It cannot be resumed like this: raise total_steps, or restart from an earlier step.',
      tone: 'warn',
      action: { label: 'Change steps or progress', place: { kind: 'update-configuration', runId } },
    });
  }
  return forOwner(facts, {
    sentence: 'It is paused',
    detail: 'Nothing happens until it is resumed; then every client must join again.',
    tone: 'info',
    action: { label: 'Resume the run', place: { kind: 'set-paused', runId, paused: false } },
  });
}

function needOfFinished(facts: RunNeedFacts): RunNeed {
  const { runId, treasury } = facts;
  const done = { sentence: 'It is finished: all steps are done', tone: 'good' as const };
  if (treasury?.kind === 'rewarded') {
    return { ...done, detail: 'Clients can still claim what they earned. A run with rewards cannot be closed.' };
  }
  return forOwner(facts, {
    ...done,
    detail: 'It cannot be started again. Closing it gives back the SOL that its accounts hold.',
    action: { label: 'Close the run', place: { kind: 'close-run', runId } },
  });
}

function needOfConfiguration(facts: RunNeedFacts, what: string): RunNeed | undefined {
  const broken = firstBrokenRule(facts.account);
  if (!broken) return undefined;
  return forOwner(facts, {
    sentence: `It cannot ${what}: its configuration breaks a rule of the program`,
    detail: `${broken.message}. ${broken.remedy}.`,
    tone: 'warn',
    action: { label: 'Correct the configuration', place: { kind: 'update-configuration', runId: facts.runId } },
  });
}

function needOfMembers(facts: RunNeedFacts): RunNeed {
  const { runId, account, admission } = facts;
  const { clients, next_active } = account.state.clients_state;
  const { config } = account.state.coordinator;
  const joined = clients.filter(({ active }) => active === next_active).length;
  if (joined >= config.init_min_clients) {
    return (
      needOfTick(facts) ??
      needOfTokens(facts) ?? {
        sentence: `Enough clients have joined (${joined}): the epoch begins in a moment`,
        detail: `${config.waiting_for_members_extra_time} s are left for others to join.`,
        tone: 'good',
      }
    );
  }
  const sentence = `It waits for clients: ${joined} of ${config.init_min_clients} have joined`;
  const full = fullList(runId, account);
  if (full) return forOwner(facts, { sentence, tone: 'warn', ...full });
  const admit: HelpfulAction = { label: 'Choose who may join', place: { kind: 'who-may-join' } };
  switch (admission) {
    case 'anyone':
      return { sentence, detail: 'Anyone may join.', tone: 'info' };
    case 'some':
      return { sentence, detail: 'The users its join authority has authorized may join.', tone: 'info', action: admit };
    case 'nobody':
      return {
        sentence: 'Nobody may join it',
        detail: 'Its join authority has authorized no one.',
        tone: 'warn',
        action: admit,
      };
    case 'not-everyone':
      return {
        sentence,
        detail: 'Only users with an authorization of its join authority may join.',
        tone: 'warn',
        action: admit,
      };
  }
}

/** Known clients are never forgotten: once the list is full nobody new gets in. Source: PROTOCOL.md §4.1 `join_run`. */
function fullList(runId: string, { state }: CoordinatorAccount): Pick<RunNeed, 'detail' | 'action'> | undefined {
  const known = state.clients_state.clients.length;
  const most = state.coordinator.config.global_batch_size_end;
  if (known >= MAX_CLIENTS) {
    return {
      detail: `Its client list is full: ${known} wallets have joined so far, and only they can join again.`,
      action: { label: 'Create another run', place: { kind: 'create-run' } },
    };
  }
  if (known !== most) return undefined;
  return {
    detail: `It knows ${known} clients and global_batch_size_end is ${most}: nobody new can join until it is raised, which needs a pause.`,
    action: { label: 'Pause the run', place: { kind: 'set-paused', runId, paused: true } },
  };
}

/** Nothing moves without a transaction: when time is up and nobody sends one, anybody may. */
function needOfTick({ runId, account, clusterTime }: RunNeedFacts): RunNeed | undefined {
  const next = nextTransition(account.state, BigInt(Math.floor(clusterTime)));
  const overdue = clusterTime - dueAt(account.state.coordinator);
  if (next.kind !== 'now' || overdue < TICKS_WITHIN) return undefined;
  return {
    sentence: `Nobody ticks: it could have moved on to ${RUN_STATE_TEXTS[next.to]} ${ago(overdue)} ago`,
    detail: `${capital(TRANSITION_REASONS[next.reason])}. Clients send that transaction themselves while they run; anybody may.`,
    tone: 'warn',
    action: { label: 'Tick', place: { kind: 'tick', runId } },
  };
}

/** Unix seconds from which a tick moves the run on by time alone. Source: PROTOCOL.md §8, `timeout`. */
function dueAt({ run_state, run_state_start_unix_timestamp, config }: Coordinator): number {
  const lasts: Readonly<Record<string, bigint | number>> = {
    WaitingForMembers: config.waiting_for_members_extra_time,
    Warmup: config.warmup_time,
    RoundTrain: config.max_round_train_time,
    RoundWitness: config.round_witness_time,
    Cooldown: config.cooldown_time,
  };
  return Number(run_state_start_unix_timestamp) + Number(lasts[run_state] ?? 0);
}

function needOfTokens({ runId, treasury }: RunNeedFacts): RunNeed | undefined {
  if (treasury?.kind !== 'rewarded') return undefined;
  const action: HelpfulAction = { label: 'Top up', place: { kind: 'top-up', runId } };
  if (treasury.missing > 0n) {
    return {
      sentence: 'It runs, and its vault lacks tokens that clients have earned',
      detail: 'Whoever claims first is paid; the rest waits for a top-up.',
      tone: 'warn',
      action,
    };
  }
  if (treasury.future.earning === 0n || treasury.runwayFuture.epochs !== 0n) return undefined;
  return {
    sentence:
      treasury.surplus === 0n
        ? 'It runs, and its treasury is empty'
        : 'It runs, and its treasury does not cover the next epoch',
    detail: 'Epochs are counted all the same: clients earn what they cannot claim until it is topped up.',
    tone: 'warn',
    action,
  };
}

function progress({ account }: RunNeedFacts): RunNeed {
  const {
    run_state: state,
    config,
    epoch_state: epoch,
    pending_pause: pauses,
    progress: at,
  } = account.state.coordinator;
  const healthy = epoch.clients.filter((client) => client.state === 'Healthy').length;
  const clients = healthy === 1 ? '1 client' : `${healthy} clients`;
  if (state === 'Cooldown') {
    return {
      sentence: 'The epoch is over: it waits for clients to save the model and record a checkpoint',
      detail: pauses
        ? 'It is paused afterwards.'
        : at.step >= config.total_steps
          ? 'It is finished afterwards.'
          : 'The next epoch follows.',
      tone: 'good',
    };
  }
  if (pauses) {
    return {
      sentence: 'A pause is pending: it pauses after this round and the cooldown',
      detail: 'That cannot be taken back, and this epoch pays nobody.',
      tone: 'warn',
    };
  }
  if (state === 'Warmup') {
    return {
      sentence: `${clients} ${healthy === 1 ? 'loads' : 'load'} the model`,
      detail: `At least ${config.min_clients} must stay for training to begin.`,
      tone: 'good',
    };
  }
  return {
    sentence: `${clients} ${healthy === 1 ? 'is' : 'are'} training`,
    detail: `The epoch ends early when fewer than ${config.min_clients} are left.`,
    tone: 'good',
  };
}

/** Whoever does not own the run learns the same, without a button that only its owner can use. */
function forOwner({ isOwner }: RunNeedFacts, { action, ...need }: RunNeed): RunNeed {
  return isOwner && action ? { ...need, action } : need;
}

function ago(seconds: number): string {
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7_200) return `${Math.round(seconds / 60)} min`;
  return seconds < 172_800 ? `${Math.round(seconds / 3_600)} h` : `${Math.round(seconds / 86_400)} days`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
