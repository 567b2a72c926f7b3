import { RUN_STATE_TEXTS } from '#core/layouts/run-state-text.ts';
import { freeCoordinator } from '#core/programs/coordinator.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { formatSol } from '#core/units/lamports.ts';
import { fail, pass, withAction } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { defineOperation, type Facts } from '../define-operation.ts';
import { packSteps } from '../pack-steps.ts';
import type { Check } from '../prepared.ts';
import { isHalted, ownerCheck, readRunFacts, type RunFacts } from '../run-facts.ts';
import { countText } from '../time-text.ts';
import type { CloseRunInput } from './input.ts';

type CloseFacts = RunFacts & Facts;

/** Closes a halted run without rewards; the SOL of both accounts goes to its main authority. Source: PROTOCOL.md §4.1. */
export const closeRun = defineOperation<CloseRunInput, CloseFacts>({
  async gather({ runId }, { chain, programs, signers }) {
    const [facts, floorLamports] = await Promise.all([
      readRunFacts(runId, signers.payer, { chain, programs }, { first: [signers.authority] }),
      chain.readRentFloor(0),
    ]);
    return { ...facts, floorLamports };
  },

  check: ({ runId }, facts, { signers }) => [
    ...ownerChecks(facts, signers.authority),
    receiverCheck(facts, signers.authority),
    stateCheck(runId, facts),
  ],

  plan: ({ runId }, { place, held }, { signers }) =>
    packSteps(
      [
        {
          title: `Close run “${runId}”`,
          instructions: [freeCoordinator(place, signers.authority, signers.authority)],
          costLamports: signers.payer === signers.authority ? -(held.instance + held.account) : 0n,
        },
      ],
      {
        signers,
        roles: { [signers.authority]: 'Main authority' },
        runId,
        watch: [signers.payer, signers.authority, place.instance, place.account],
      },
    ),

  changes: ({ runId }, { run }) => [
    {
      label: `Run “${runId}”`,
      before: RUN_STATE_TEXTS[run.state.coordinator.run_state],
      after: 'Does not exist',
    },
  ],

  consequences(_input, { held, run }, { signers }) {
    const { clients } = run.state.clients_state;
    const earning = clients.filter(({ earned }) => earned > 0n).length;
    return [
      {
        about: 'sol',
        text: `${formatSol(held.account + held.instance)} SOL come back to ${signers.authority}: ${formatSol(held.account)} from the run’s account and ${formatSol(held.instance)} from its instance`,
      },
      ...(clients.length === 0
        ? []
        : [
            {
              about: 'people' as const,
              text: `${countText(clients.length, 'client')} of this run ${clients.length === 1 ? 'is' : 'are'} forgotten${earning === 0 ? '' : `, and with them the points of ${earning}`}`,
            },
          ]),
      {
        about: 'final',
        text: 'Configuration, progress and points are gone from the chain for good. The run id is free at once: anybody may create a run under it',
      },
    ];
  },

  rent: () => ({ lamports: 0n, note: '' }),

  command: ({ runId }) => runManagerLine('close-run', 'main_authority.json', { 'run-id': runId }),
});

/** The instruction wants the signature of the authority the instance names, and a treasury never gives it. */
function ownerChecks(facts: CloseFacts, authority: Parameters<typeof ownerCheck>[1]): Check[] {
  const { ownership } = facts;
  if (ownership.kind !== 'treasurer') return [ownerCheck(facts, authority)];
  return [
    fail(
      'Rewards',
      `The run belongs to its treasury ${ownership.treasurerRun}, which can never sign for closing it (ConstraintRaw 2003): its SOL and what is left in its vault stay locked`,
      'Pause it instead',
    ),
  ];
}

/** Source: PROTOCOL.md §4.1 `free_coordinator`, `spill` must be owned by the system program. */
function receiverCheck({ along }: CloseFacts, authority: string): Check {
  const [receiver] = along.first;
  if (receiver === undefined || receiver.owner === SYSTEM_PROGRAM) {
    return pass('Receiver', `${authority} gets the SOL back`);
  }
  return fail(
    'Receiver',
    `${authority} belongs to the program ${receiver.owner} and cannot get the SOL (AccountNotSystemOwned 3011)`,
    'Choose another authority',
    'authority',
  );
}

function stateCheck(runId: string, { run }: CloseFacts): Check {
  const state = run.state.coordinator.run_state;
  if (isHalted(state)) return pass('State', `${RUN_STATE_TEXTS[state]}: nobody trains`);
  const pending = run.state.coordinator.pending_pause;
  const running = fail(
    'State',
    `The run is ${state}: only one that does not run can be closed (CloseCoordinatorNotHalted 6009)`,
    pending ? 'Wait until the pending pause takes effect' : 'Pause it first',
  );
  return pending ? running : withAction(running, 'Pause it', { kind: 'set-paused', runId, paused: true });
}
