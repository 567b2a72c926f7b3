import { RUN_STATE_TEXTS } from '#core/layouts/run-state-text.ts';
import { changeRun } from '#core/programs/change-run.ts';
import { fail, firstStepChecks, fundsCheck, pass, warn } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { ruleChecks } from '../configuration-parts.ts';
import { defineOperation } from '../define-operation.ts';
import { packSteps } from '../pack-steps.ts';
import type { Check } from '../prepared.ts';
import { indexOf, isHalted, ownerCheck, readRunFacts, type RunFacts } from '../run-facts.ts';
import { indexFlag } from '../token-text.ts';
import type { SetPausedInput } from './input.ts';

type PauseFacts = RunFacts & { floorLamports: bigint };

/** Pauses, starts or resumes a run. Source of every rule: PROTOCOL.md §4.1 `set_paused`, §7.5, §8. */
export const setPaused = defineOperation<SetPausedInput, PauseFacts>({
  async gather({ runId }, { chain, programs, signers }) {
    const [facts, floorLamports] = await Promise.all([
      readRunFacts(runId, signers.payer, { chain, programs }),
      chain.readRentFloor(0),
    ]);
    return { ...facts, floorLamports };
  },

  check: ({ paused }, facts, { signers }) => [
    ownerCheck(facts, signers.authority),
    ...(paused ? pauseChecks(facts) : resumeChecks(facts)),
    fundsCheck(facts.payerLamports, signers.payer === signers.authority ? 5000n : 10_000n, facts.floorLamports),
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
        payer: signers.payer,
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

  rent: () => ({ lamports: 0n, note: '' }),

  command: ({ runId, paused }, { ownership }) =>
    runManagerLine('set-paused', 'main_authority.json', {
      'run-id': runId,
      ...indexFlag(runId, indexOf(ownership)),
      ...(paused ? {} : { resume: true as const }),
    }),
});

function pausesNow(state: string): boolean {
  return state === 'WaitingForMembers' || state === 'Warmup';
}

function verbFor(state: string): string {
  return state === 'Uninitialized' ? 'Start' : 'Resume';
}

function pauseChecks({ run }: PauseFacts): Check[] {
  const { run_state: state, pending_pause: pending } = run.state.coordinator;
  if (isHalted(state)) {
    return [
      fail(
        'State',
        `The run is ${state}: there is nothing to pause (CoordinatorErrorHalted 6015)`,
        'Start or resume it first',
      ),
    ];
  }
  if (pending)
    return [warn('State', 'A pause is pending already; sending it again changes nothing', 'Wait for the epoch to end')];
  if (pausesNow(state)) return [pass('State', `${state}: it pauses at once`)];
  return [
    warn(
      'State',
      `${state}: it pauses after the current round and the cooldown. A pending pause cannot be taken back and nobody is paid for this epoch`,
      'Pause while the run waits for members to avoid both',
    ),
  ];
}

function resumeChecks({ run }: PauseFacts): Check[] {
  const { run_state: state, config, model, progress } = run.state.coordinator;
  const rules = ruleChecks({ config, model });
  if (state === 'Uninitialized') {
    const lost =
      progress.step > 1
        ? [
            warn(
              'Step',
              `The first start sets the step to 1; ${progress.step} is lost`,
              'Restart from the step after the first start',
            ),
          ]
        : [];
    const state = pass('State', 'New, not started: it will wait for members');
    return [...rules, ...firstStepChecks(config.total_steps), state, ...lost];
  }
  if (state !== 'Paused') {
    return [
      ...rules,
      fail(
        'State',
        `The run is ${state}, not paused (CoordinatorErrorCannotResume 6018)`,
        state === 'Finished' ? 'A finished run is final' : 'It runs already',
      ),
    ];
  }
  const end =
    progress.step >= config.total_steps
      ? [
          fail(
            'Steps',
            `Step ${progress.step} of ${config.total_steps}: no steps are left (CoordinatorErrorHalted 6015)`,
            'Raise total_steps in the configuration first',
          ),
        ]
      : [];
  const zero =
    progress.step === 0
      ? [fail('Steps', 'The step is 0 (ProgressSanityCheckFailed 6006)', 'Restart from step 1 first')]
      : [];
  return [...rules, ...zero, ...end, warn('Clients', 'Resuming makes every client join again', 'Tell your clients')];
}
