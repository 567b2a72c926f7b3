import type { RunState } from '#core/layouts/generated/coordinator.ts';
import { RUN_STATE_TEXTS } from '#core/layouts/run-state-text.ts';
import { changeRun } from '#core/programs/change-run.ts';
import { fail, firstStepChecks, pass, warn, withAction } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { ruleChecks } from '../configuration-parts.ts';
import { defineOperation, type Facts } from '../define-operation.ts';
import { packSteps } from '../pack-steps.ts';
import type { Check, Consequence } from '../prepared.ts';
import { indexOf, isHalted, ownerCheck, readRunFacts, type RunFacts } from '../run-facts.ts';
import { countText } from '../time-text.ts';
import { indexFlag } from '../token-text.ts';
import type { SetPausedInput } from './input.ts';

type PauseFacts = RunFacts & Facts;

/** Pauses, starts or resumes a run. Source of every rule: PROTOCOL.md §4.1 `set_paused`, §7.5, §8. */
export const setPaused = defineOperation<SetPausedInput, PauseFacts>({
  async gather({ runId }, { chain, programs, signers }) {
    const [facts, floorLamports] = await Promise.all([
      readRunFacts(runId, signers.payer, { chain, programs }),
      chain.readRentFloor(0),
    ]);
    return { ...facts, floorLamports };
  },

  check: ({ runId, paused }, facts, { signers }) => [
    ownerCheck(facts, signers.authority),
    ...(paused ? pauseChecks(runId, facts) : resumeChecks(runId, facts)),
  ],

  plan: ({ runId, paused }, { place, run }, { signers }) =>
    packSteps(
      [
        {
          title: `${paused ? 'Pause' : verbFor(run.state.coordinator.run_state)} run “${runId}”`,
          instructions: changeRun(place, signers.authority, { paused }),
        },
      ],
      {
        signers,
        roles: { [signers.authority]: 'Main authority' },
        runId,
        watch: [signers.payer],
      },
    ),

  changes({ paused }, { run }) {
    const { run_state: state, progress, config } = run.state.coordinator;
    const before = RUN_STATE_TEXTS[state];
    if (paused) return [{ label: 'State', before, after: pausesNow(state) ? 'Paused' : 'Paused when this epoch ends' }];
    const started = { label: 'State', before, after: RUN_STATE_TEXTS.WaitingForMembers };
    if (state !== 'Uninitialized') return [started];
    return [started, { label: 'Step', before: String(progress.step), after: `1 of ${config.total_steps}` }];
  },

  consequences: ({ paused }, facts) => (paused ? pauseConsequences(facts) : resumeConsequences(facts)),

  rent: () => ({ lamports: 0n, note: '' }),

  command: ({ runId, paused }, { ownership }) =>
    runManagerLine('set-paused', 'main_authority.json', {
      'run-id': runId,
      ...indexFlag(runId, indexOf(ownership)),
      ...(paused ? {} : { resume: true as const }),
    }),
});

/** Between epochs a pause needs no round to end. */
function pausesNow(state: RunState): boolean {
  return state === 'WaitingForMembers' || state === 'Warmup';
}

function verbFor(state: RunState): string {
  return state === 'Uninitialized' ? 'Start' : 'Resume';
}

function pauseChecks(runId: string, { run }: PauseFacts): Check[] {
  const { run_state: state, pending_pause: pending, progress, config } = run.state.coordinator;
  if (isHalted(state)) {
    const halted = fail(
      'State',
      `The run is ${state}: there is nothing to pause (CoordinatorErrorHalted 6015)`,
      state === 'Finished' ? 'A finished run is final' : 'Start or resume it first',
    );
    return [
      state === 'Finished'
        ? halted
        : withAction(halted, `${verbFor(state)} it`, { kind: 'set-paused', runId, paused: false }),
    ];
  }
  if (pausesNow(state)) return [pass('State', `${state}: it pauses at once`)];
  if (pending) {
    const reason = 'A pause is pending already; sending it again changes nothing';
    return [warn('State', reason, 'Wait for the epoch to end')];
  }
  const isLastStep = state !== 'Cooldown' && progress.step + 1 >= config.total_steps;
  return [
    warn(
      'State',
      `${state}: it pauses after ${state === 'Cooldown' ? 'the cooldown' : 'the current round and the cooldown'}. A pending pause cannot be taken back and nobody is paid for this epoch`,
      'Pause while the run waits for members to avoid both',
    ),
    ...(isLastStep || progress.step >= config.total_steps
      ? [
          warn(
            'Steps',
            `This is the last of ${config.total_steps} steps: the run ends Paused instead of Finished, and cannot be resumed as it is (CoordinatorErrorHalted 6015)`,
            'Let it finish, or raise total_steps before you resume it',
          ),
        ]
      : []),
  ];
}

/** The program looks at the configuration first, then at the step, then at the state. Source: PROTOCOL.md §7.5. */
function resumeChecks(runId: string, { run }: PauseFacts): Check[] {
  const { run_state: state, config, model, progress } = run.state.coordinator;
  const configure = { kind: 'update-configuration', runId } as const;
  const rules = ruleChecks({ config, model }).map((check) =>
    check.kind === 'pass' ? check : withAction(check, 'Change the configuration', configure),
  );
  if (state === 'Uninitialized') return [...rules, ...firstStartChecks(run)];
  const zero =
    progress.step === 0
      ? [
          withAction(
            fail('Steps', 'The step is 0 (ProgressSanityCheckFailed 6006)', 'Restart from step 1 first'),
            'Restart from a step',
            configure,
          ),
        ]
      : [];
  if (state !== 'Paused') return [...rules, ...zero, runsAlready(runId, run)];
  const end =
    progress.step >= config.total_steps
      ? [
          withAction(
            fail(
              'Steps',
              `Step ${progress.step} of ${config.total_steps}: no steps are left (CoordinatorErrorHalted 6015)`,
              'Raise total_steps in the configuration first',
            ),
            'Change the configuration',
            configure,
          ),
        ]
      : [];
  return [...rules, ...zero, ...end, warn('Clients', 'Resuming makes every client join again', 'Tell your clients')];
}

function firstStartChecks({ state }: PauseFacts['run']): Check[] {
  const { config, progress } = state.coordinator;
  const { epoch_start_data_index: index } = progress;
  const data = index === 0n ? '' : `, while the data still begins at index ${index}`;
  const lost =
    progress.step > 1
      ? [
          warn(
            'Step',
            `The first start sets the step to 1; ${progress.step} is lost${data}`,
            'Pause the run after the first start, then restart from the step',
          ),
        ]
      : [];
  return [...firstStepChecks(config.total_steps), pass('State', 'New, not started: it will wait for members'), ...lost];
}

function runsAlready(runId: string, { state }: PauseFacts['run']): Check {
  const { run_state: now, pending_pause: pending } = state.coordinator;
  const reason = `The run is ${now}, not paused (CoordinatorErrorCannotResume 6018)`;
  if (now === 'Finished') return fail('State', reason, 'A finished run is final');
  const again = pending
    ? fail('State', `${reason}. A pending pause cannot be taken back`, 'Resume it once it is paused')
    : fail('State', reason, 'It runs already');
  return withAction(again, 'Look at the run', { kind: 'run', runId });
}

function pauseConsequences({ run }: PauseFacts): Consequence[] {
  const { coordinator, clients_state: known } = run.state;
  const { run_state: state, epoch_state: epoch, model } = coordinator;
  if (isHalted(state) || coordinator.pending_pause) return [];
  const joined = known.clients.filter(({ active }) => active === known.next_active).length;
  const affected = state === 'WaitingForMembers' ? joined : epoch.clients.length;
  const { checkpoint } = model.LLM;
  const isFromPeers = checkpoint !== 'Ephemeral' && ('P2P' in checkpoint || 'P2PGcs' in checkpoint);
  return [
    ...(affected === 0
      ? []
      : [{ about: 'people' as const, text: `${countText(affected, 'client')} must join again after a resume` }]),
    ...(isFromPeers || !pausesNow(state)
      ? [
          {
            about: 'time' as const,
            text: 'The first epoch after a resume loads the model from its repository, not from the clients, and warms up anew',
          },
        ]
      : []),
  ];
}

function resumeConsequences({ run }: PauseFacts): Consequence[] {
  const { coordinator, clients_state: known } = run.state;
  const { run_state: state, config } = coordinator;
  if (state !== 'Uninitialized' && state !== 'Paused') return [];
  const count = known.clients.length;
  return [
    ...(count === 0
      ? []
      : [
          {
            about: 'people' as const,
            text: `The run knows ${countText(count, 'client')}: none of them is in until it joins again`,
          },
        ]),
    {
      about: 'time',
      text: `Training begins when ${countText(config.init_min_clients, 'client')} joined, ${countText(config.waiting_for_members_extra_time, 'second')} have passed and somebody sends a tick`,
    },
    ...(state === 'Uninitialized'
      ? [{ about: 'final' as const, text: 'A run that was started once never becomes new again' }]
      : []),
  ];
}
