import { compareConfig } from '#core/config/compare-config.ts';
import { variantOf } from '#core/config/display-value.ts';
import type { Checkpoint } from '#core/layouts/generated/coordinator.ts';
import { RUN_STATE_TEXTS } from '#core/layouts/run-state-text.ts';
import { recordCheckpoint } from '#core/programs/coordinator.ts';
import { addressFromBytes, type Address } from '#core/solana/address.ts';
import { fail, pass, warn, withAction } from '../checks.ts';
import { runManagerLine } from '../command-line.ts';
import { defineOperation, type Facts } from '../define-operation.ts';
import { packSteps } from '../pack-steps.ts';
import type { Check } from '../prepared.ts';
import { isHalted, readRunFacts, type RunFacts } from '../run-facts.ts';
import type { CheckpointInput } from './input.ts';

type CheckpointRepository = CheckpointInput['repository'];

type CheckpointFacts = RunFacts & Facts;

/** Records a checkpoint in a client's name. Source of every rule: PROTOCOL.md §4.1 `checkpoint`. */
export const checkpoint = defineOperation<CheckpointInput, CheckpointFacts>({
  async gather({ runId }, { chain, programs, signers }) {
    const [facts, floorLamports] = await Promise.all([
      readRunFacts(runId, signers.payer, { chain, programs }),
      chain.readRentFloor(0),
    ]);
    return { ...facts, floorLamports };
  },

  check: ({ runId, user, repository }, facts) => [
    clientCheck(runId, user, facts),
    ...effectChecks(repository, facts),
    stateCheck(facts),
  ],

  plan: ({ runId, user, repository }, { place }, { signers }) =>
    packSteps(
      [
        {
          title: `Record a checkpoint of run “${runId}”`,
          instructions: [recordCheckpoint(place, user, givenOf(repository))],
        },
      ],
      { signers, roles: { [user]: 'Client' }, runId, watch: [signers.payer] },
    ),

  changes({ repository }, { run }) {
    const { model } = run.state.coordinator;
    const stored = storedAfter(model.LLM.checkpoint, repository);
    if (!stored) return [];
    const differences = compareConfig({ model }, { model: { LLM: { ...model.LLM, checkpoint: stored } } });
    return differences.map(({ path, before, after }) => ({ label: path, before, after }));
  },

  consequences({ repository }, { run }) {
    if (!storedAfter(run.state.coordinator.model.LLM.checkpoint, repository)) return [];
    return [
      {
        about: 'people',
        text: 'Clients that cannot get the model from others load it from there; nobody checks that it can be read',
      },
      { about: 'time', text: 'It counts from the next epoch on, until somebody records another' },
    ];
  },

  rent: () => ({ lamports: 0n, note: '' }),

  command({ runId, repository }) {
    const flags: Record<string, string> =
      repository.kind === 'hub'
        ? { repo: repository.repository, ...(repository.revision !== undefined && { revision: repository.revision }) }
        : { bucket: repository.bucket, ...(repository.prefix !== undefined && { prefix: repository.prefix }) };
    const line = runManagerLine('checkpoint', 'client.json', { 'run-id': runId, ...flags });
    return repository.kind === 'hub' ? line : `# run-manager records Hub checkpoints only\n# ${line}`;
  },
});

/** The argument of the instruction. */
function givenOf(repository: CheckpointRepository): Checkpoint {
  return repository.kind === 'hub'
    ? { Hub: { repo_id: repository.repository, revision: repository.revision ?? null } }
    : { Gcs: { bucket: repository.bucket, prefix: repository.prefix ?? null } };
}

/** What the program makes of the checkpoint it has and the one it is given; `undefined`: it keeps its own without a word. */
function storedAfter(current: Checkpoint, repository: CheckpointRepository): Checkpoint | undefined {
  const given = givenOf(repository);
  const kind = variantOf(current).name;
  const isWithPeers = kind === 'P2P' || kind === 'P2PGcs';
  if (typeof given === 'object' && 'Hub' in given) {
    if (isWithPeers) return { P2P: given.Hub };
    return kind === 'Hub' ? given : undefined;
  }
  if (typeof given === 'object' && 'Gcs' in given) {
    if (isWithPeers) return { P2PGcs: given.Gcs };
    return kind === 'Gcs' ? given : undefined;
  }
  return undefined;
}

function clientCheck(runId: string, user: Address, { run }: CheckpointFacts): Check {
  const isUser = ({ id }: { id: { signer: Uint8Array } }) => addressFromBytes(id.signer) === user;
  const { clients_state: known, coordinator } = run.state;
  if (known.clients.some(isUser) && coordinator.epoch_state.clients.some(isUser)) {
    return pass('Client', `${user} is a client of the epoch`);
  }
  const reason = known.clients.some(isUser)
    ? `${user} joined this run, but is not among the ${coordinator.epoch_state.clients.length} clients of the epoch`
    : `${user} never joined this run`;
  const remedy = 'Choose the key of a client of the epoch';
  const stranger = fail('Client', `${reason} (SignerNotAClient 6007)`, remedy, 'user');
  return withAction(stranger, 'Look at its clients', { kind: 'run', runId });
}

function effectChecks(repository: CheckpointRepository, { run }: CheckpointFacts): Check[] {
  const current = run.state.coordinator.model.LLM.checkpoint;
  const { name } = variantOf(current);
  const given = repository.kind === 'hub' ? 'Hub' : 'Gcs';
  const stored = storedAfter(current, repository);
  if (!stored) {
    return [
      warn(
        'Ignored',
        `The run has a ${name} checkpoint: the program takes a ${given} one without an error and keeps its own`,
        'Change the model in the configuration instead',
        'repository',
      ),
    ];
  }
  const isEmpty = repository.kind === 'hub' ? repository.repository === '' : repository.bucket === '';
  const empty = isEmpty
    ? [
        warn(
          'Empty',
          'The program takes an empty name, but the run can then not be resumed after a pause (ModelSanityCheckFailed 6005)',
          'Name the repository',
          'repository',
        ),
      ]
    : [];
  return [...empty, pass('Stored as', variantOf(stored).name)];
}

function stateCheck({ run }: CheckpointFacts): Check {
  const state = run.state.coordinator.run_state;
  const now = RUN_STATE_TEXTS[state];
  return isHalted(state)
    ? pass('State', `${now}: it is recorded all the same`)
    : pass('State', `${now}: the run also looks at the clock with it`);
}
