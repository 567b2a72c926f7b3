import { isAppError } from '#core/errors/app-error.ts';
import { RUN_STATE_TEXTS } from '#core/layouts/run-state-text.ts';
import type { ChainReader } from '#core/ports.ts';
import { tick } from '#core/programs/coordinator.ts';
import { nextTransition, TRANSITION_REASONS, type NextTransition } from '#core/runs/next-transition.ts';
import { fail, pass, warn, withAction } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { defineOperation, type Facts } from '../define-operation.ts';
import { packSteps } from '../pack-steps.ts';
import type { Check, Consequence } from '../prepared.ts';
import { readRunFacts, type RunFacts } from '../run-facts.ts';
import { clusterTimeText } from '../time-text.ts';
import type { TickInput } from './input.ts';

type TickFacts = RunFacts &
  Facts & {
    /** Unix seconds of the cluster; absent when the node does not tell. */
    readonly clusterTime: bigint | undefined;
  };

/** Lets a run look at the clock. Source of every rule: PROTOCOL.md §4.1 `tick`, §8. */
export const tickRun = defineOperation<TickInput, TickFacts>({
  async gather({ runId }, { chain, programs, signers }) {
    const [facts, floorLamports, clusterTime] = await Promise.all([
      readRunFacts(runId, signers.payer, { chain, programs }),
      chain.readRentFloor(0),
      timeOf(chain),
    ]);
    return { ...facts, floorLamports, clusterTime };
  },

  check: ({ runId }, facts) => stateChecks(runId, facts),

  plan: ({ runId }, { place }, { signers }) =>
    packSteps([{ title: `Tick run “${runId}”`, instructions: [tick(place, signers.payer)] }], {
      signers,
      roles: {},
      runId,
      watch: [signers.payer],
    }),

  changes(_input, facts) {
    const next = nextOf(facts);
    if (next.kind !== 'now') return [];
    const { run_state: state, progress } = facts.run.state.coordinator;
    const lines = [{ label: 'State', before: RUN_STATE_TEXTS[state], after: RUN_STATE_TEXTS[next.to] }];
    if (state === 'RoundWitness') {
      lines.push({ label: 'Step', before: String(progress.step), after: String(progress.step + 1) });
    }
    if (state === 'Cooldown') {
      lines.push({ label: 'Epoch', before: String(progress.epoch), after: String(progress.epoch + 1) });
    }
    return lines;
  },

  consequences: (_input, facts) => tickConsequences(facts),

  rent: () => ({ lamports: 0n, note: '' }),

  command: ({ runId }) => runManagerLine('tick', 'payer.json', { 'run-id': runId }),
});

/** The time is a help, not a rule: without it a tick is just as possible. */
async function timeOf(chain: ChainReader): Promise<bigint | undefined> {
  try {
    return BigInt(await chain.readClusterTime());
  } catch (cause) {
    if (!isAppError(cause)) throw cause;
    return undefined;
  }
}

/** Without a clock nothing is claimed to be due. */
function nextOf({ run, clusterTime }: TickFacts): NextTransition {
  return nextTransition(run.state, clusterTime ?? run.state.coordinator.run_state_start_unix_timestamp);
}

function stateChecks(runId: string, facts: TickFacts): Check[] {
  const state = facts.run.state.coordinator.run_state;
  const next = nextOf(facts);
  const now = RUN_STATE_TEXTS[state];
  switch (next.kind) {
    case 'none': {
      const halted = fail(
        'State',
        `The run is ${state}: there is nothing to move on (CoordinatorErrorHalted 6015)`,
        state === 'Finished' ? 'A finished run is final' : 'Start or resume it first',
      );
      return [state === 'Finished' ? halted : withAction(halted, 'Start it', resuming(runId))];
    }
    case 'now':
      return [pass('Due now', `${now} → ${RUN_STATE_TEXTS[next.to]}: ${TRANSITION_REASONS[next.reason]}`)];
    case 'at':
      return [
        warn(
          'Nothing is due yet',
          `${now} → ${RUN_STATE_TEXTS[next.to]} at ${clusterTimeText(next.at)}. A tick before then is paid for and changes nothing`,
          'Wait until then',
        ),
      ];
    case 'needs-clients':
      return [
        // The count changes with every join; the warning must stay the same as long as it means the same.
        pass('Clients', `${next.joined} of ${next.needed} joined`),
        warn(
          'Nothing is due yet',
          `The run waits for clients: ${next.needed} must join. A tick before then is paid for and changes nothing`,
          'See who can join',
        ),
      ].map((check) =>
        check.kind === 'warn' ? withAction(check, 'Who can join', { kind: 'can-join', runId }) : check,
      );
  }
}

function resuming(runId: string) {
  return { kind: 'set-paused', runId, paused: false } as const;
}

function tickConsequences(facts: TickFacts): Consequence[] {
  const next = nextOf(facts);
  if (next.kind !== 'now') return [];
  const { clients_state: clients, coordinator } = facts.run.state;
  const { run_state: state } = coordinator;
  if (state === 'WaitingForMembers') {
    return [{ about: 'people', text: 'An epoch begins with the clients that joined; its rates are fixed now' }];
  }
  if (state === 'Cooldown') {
    const rate = clients.current_epoch_rates.earning_rate_total_shared;
    const paid = next.to === 'Paused' ? 'nobody is paid, because a pause is pending' : 'its clients get their points';
    return [{ about: 'people', text: rate === 0n ? 'The epoch ends' : `The epoch ends: ${paid}` }];
  }
  return [];
}
