import { authorizationAddress, coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import { COORDINATOR_ACCOUNT_SIZE } from '#core/layouts/coordinator-account.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { addressToBytes, type Address } from '#core/solana/address.ts';
import { TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import type { Instruction } from '#practice/runtime/native/native-executor.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import type { Attempt, CodeWorld } from './code-world.ts';
import { joinArgs, withAccount, witnessArgs } from './coordinator-steps.ts';
import { createCoordinatorAccount, initInstruction, sampleConfig, sampleModel, updateArgs } from './run-on-stage.ts';
import { createAccount } from './system-instructions.ts';
import { programInstruction } from './trace-instructions.ts';
import { claimOf, extraTokens, rewarded, rewardedParts } from './paid-run.ts';
import { runCreateInstruction } from './treasurer-run.ts';

type Arrange = (world: CodeWorld) => Attempt;
type Program = 'coordinator' | 'treasurer' | 'authorizer';

const byOwner = (
  world: CodeWorld,
  isStarted: boolean,
  change: (run: ReturnType<CodeWorld['newRun']>) => Instruction,
) => {
  const run = world.newRun({ isStarted });
  return { instructions: [change(run)], signers: [run.owner] } satisfies Attempt;
};

/** An instance and a big account about to be made, and what goes wrong in making them. */
function creation(
  world: CodeWorld,
  sizeBytes: number,
  change: (keys: { init: Instruction; account: Address }) => Instruction = ({ init }) => init,
): Attempt {
  const [owner, account] = [world.person(), world.person()];
  const fresh = world.chain.keyFor(`big ${account.address}`);
  const runId = `new-${account.address.slice(0, 8)}`;
  const run = {
    authority: owner.address,
    instance: coordinatorInstanceAddress(runId).address,
    account: fresh.address,
    authorization: owner.address,
  };
  const init = initInstruction(run, runId);
  return {
    instructions: [createCoordinatorAccount(run, sizeBytes), change({ init, account: fresh.address })],
    signers: [owner, fresh],
  };
}

/** One code of the coordinator, the treasurer, or of the framework by way of one of them, and how to come to it. */
export const CODE_CASES: readonly (readonly [Program | 'framework', number, Program, Arrange])[] = [
  [
    'coordinator',
    6000,
    'coordinator',
    (world) => {
      const run = world.finished();
      return { instructions: [run.instruction('update', updateArgs())], signers: [run.owner] };
    },
  ],
  [
    'coordinator',
    6001,
    'coordinator',
    (world) => byOwner(world, true, (run) => run.instruction('update', updateArgs({ config: sampleConfig() }))),
  ],
  ['coordinator', 6002, 'coordinator', (world) => creation(world, COORDINATOR_ACCOUNT_SIZE + 8)],
  [
    'coordinator',
    6003,
    'coordinator',
    (world) => {
      const run = world.waiting({ global_batch_size_end: 512, init_min_clients: 256 });
      for (let client = 0; client < 256; client += 1) world.join(run);
      const late = world.person();
      return world.by(run, late, 'join_run', joinArgs(late.address));
    },
  ],
  [
    'coordinator',
    6004,
    'coordinator',
    (world) =>
      byOwner(world, false, (run) =>
        run.instruction('update', updateArgs({ config: sampleConfig({ epoch_time: 0n }) })),
      ),
  ],
  [
    'coordinator',
    6005,
    'coordinator',
    (world) =>
      byOwner(world, false, (run) => run.instruction('update', updateArgs({ model: sampleModel({ max_seq_len: 0 }) }))),
  ],
  [
    'coordinator',
    6007,
    'coordinator',
    (world) => {
      const stranger = world.person();
      return world.by(world.training(1).run, stranger, 'checkpoint', { repo: 'Ephemeral' });
    },
  ],
  [
    'coordinator',
    6008,
    'coordinator',
    (world) => {
      const [user, other] = [world.person(), world.person()];
      return world.by(world.waiting(), user, 'join_run', joinArgs(other.address));
    },
  ],
  [
    'coordinator',
    6009,
    'coordinator',
    (world) => byOwner(world, true, (run) => run.instruction('free_coordinator', { params: {} })),
  ],
  [
    'coordinator',
    6011,
    'coordinator',
    (world) => {
      const { run, users } = world.training(1);
      const proof = { ...world.proofOf(run, 0), position: 77n };
      return world.by(run, users[0] ?? run.owner, 'witness', witnessArgs(proof));
    },
  ],
  [
    'coordinator',
    6012,
    'coordinator',
    (world) => {
      const run = world.waiting();
      return world.by(run, world.join(run), 'witness', witnessArgs({ position: 0n, index: 0n, witness: true }));
    },
  ],
  [
    'coordinator',
    6013,
    'coordinator',
    (world) => {
      const { run, users } = world.training(2);
      const user = users[0] ?? run.owner;
      world.witness(run, user, 0);
      // Another root, so that it is not the same transaction again.
      return world.by(run, user, 'witness', {
        ...witnessArgs(world.proofOf(run, 0)),
        broadcast_merkle: new Uint8Array(32).fill(1),
      });
    },
  ],
  [
    'coordinator',
    6014,
    'coordinator',
    (world) => {
      const { run, users } = world.training(2);
      const [first = run.owner, second = run.owner] = users;
      return world.health(run, first, second, 0n);
    },
  ],
  ['coordinator', 6015, 'coordinator', (world) => byOwner(world, false, (run) => run.instruction('tick', {}))],
  [
    'coordinator',
    6018,
    'coordinator',
    (world) => byOwner(world, true, (run) => run.instruction('set_paused', { paused: false })),
  ],
  [
    'coordinator',
    6020,
    'coordinator',
    (world) => {
      const { run, users } = world.training(1, { verification_percent: 101 });
      return world.by(run, users[0] ?? run.owner, 'witness', witnessArgs({ position: 0n, index: 0n, witness: true }));
    },
  ],
  [
    'coordinator',
    6021,
    'coordinator',
    (world) => {
      const { run, first, second } = world.withIdle();
      return world.health(run, first, second, 9n);
    },
  ],
  [
    'coordinator',
    6022,
    'coordinator',
    (world) => {
      const run = world.waiting({ global_batch_size_start: 1, global_batch_size_end: 1, init_min_clients: 2 });
      world.join(run);
      const second = world.person();
      return world.by(run, second, 'join_run', joinArgs(second.address));
    },
  ],
  [
    'authorizer',
    6000,
    'authorizer',
    (world) => {
      const { keys, owner } = world.waiting();
      return closing(owner.address, keys.authorization, [owner], world.person().address);
    },
  ],
  [
    'authorizer',
    6001,
    'authorizer',
    (world) => {
      const [grantor, grantee] = [world.person(), world.person()];
      const authorization = authorizationAddress(grantor.address, grantee.address).address;
      const parties = { payer: grantor.address, grantor: grantor.address, grantee: grantee.address, authorization };
      const send = (name: string, params: object, key = grantor) =>
        world.land(world.newRun(), {
          instructions: [programInstruction('authorizer', name, { params }, { ...parties, payer: key.address })],
          signers: [key],
        });
      send('authorization_create', {
        grantee: addressToBytes(grantee.address),
        scope: new TextEncoder().encode('CoordinatorJoinRun'),
      });
      send('authorization_grantor_update', { active: false });
      send(
        'authorization_grantee_update',
        { delegates_clear: false, delegates_added: [new Uint8Array(32).fill(4)] },
        grantee,
      );
      return closing(grantor.address, authorization, [grantor], world.person().address);
    },
  ],
  ['treasurer', 6000, 'treasurer', (world) => claimOf(rewarded(world), 1n)],
  [
    'treasurer',
    6001,
    'treasurer',
    (world) => {
      const { keys, owner, account, mintSteps, mint } = rewardedParts(world, 'short');
      world.land(world.newRun(), { instructions: mintSteps, signers: [owner, mint] });
      const create = createAccount(owner.address, account.address, {
        lamports: rentExemptMinimum(COORDINATOR_ACCOUNT_SIZE),
        sizeBytes: COORDINATOR_ACCOUNT_SIZE,
        owner: DEFAULT_PROGRAM_IDS.coordinator,
      });
      return {
        instructions: [create, runCreateInstruction(keys, 'short', { run_id: 'x'.repeat(33) })],
        signers: [owner, account],
      };
    },
  ],
  [
    'framework',
    100,
    'coordinator',
    (world) => byOwner(world, true, (run) => ({ ...run.instruction('tick', {}), data: new Uint8Array(4) })),
  ],
  [
    'framework',
    101,
    'coordinator',
    (world) => byOwner(world, true, (run) => ({ ...run.instruction('tick', {}), data: new Uint8Array(8) })),
  ],
  [
    'framework',
    102,
    'coordinator',
    (world) => byOwner(world, true, (run) => cut(run.instruction('set_paused', { paused: true }))),
  ],
  [
    'framework',
    2000,
    'coordinator',
    (world) => byOwner(world, true, (run) => readonlyAt(run.instruction('tick', {}), 2)),
  ],
  [
    'framework',
    2003,
    'coordinator',
    (world) => {
      const stranger = world.person();
      return {
        instructions: [withAccount(world.newRun().instruction('set_paused', { paused: true }), 0, stranger.address)],
        signers: [stranger],
      };
    },
  ],
  [
    'framework',
    2004,
    'coordinator',
    (world) => creation(world, COORDINATOR_ACCOUNT_SIZE, ({ init }) => withAccount(init, 2, world.person().address)),
  ],
  [
    'framework',
    2006,
    'coordinator',
    (world) =>
      creation(world, COORDINATOR_ACCOUNT_SIZE, ({ init, account }) => ({
        ...withAccount(init, 1, coordinatorInstanceAddress(`other-${account.slice(0, 6)}`).address),
      })),
  ],
  [
    'framework',
    2009,
    'treasurer',
    (world) => {
      const run = rewarded(world);
      return claimOf(run, 0n, { run_collateral: extraTokens(world, run, run.keys.run) });
    },
  ],
  [
    'framework',
    2015,
    'treasurer',
    (world) => {
      const run = rewarded(world);
      return claimOf(run, 0n, { run_collateral: extraTokens(world, run, run.owner.address) });
    },
  ],
  [
    'framework',
    3000,
    'coordinator',
    (world) => {
      const taken = world.newRun();
      return creation(world, COORDINATOR_ACCOUNT_SIZE, ({ init }) => withAccount(init, 2, taken.keys.account));
    },
  ],
  ['framework', 3001, 'coordinator', (world) => tickOnBytes(world, 4)],
  [
    'framework',
    3002,
    'coordinator',
    (world) =>
      byOwner(world, true, (run) => writableAt(withAccount(run.instruction('tick', {}), 2, run.keys.instance), 2)),
  ],
  [
    'framework',
    3005,
    'coordinator',
    (world) =>
      byOwner(world, true, (run) => ({
        ...run.instruction('tick', {}),
        accounts: run.instruction('tick', {}).accounts.slice(0, 2),
      })),
  ],
  [
    'framework',
    3007,
    'coordinator',
    (world) => byOwner(world, true, (run) => withAccount(run.instruction('tick', {}), 2, world.person().address)),
  ],
  [
    'framework',
    3008,
    'coordinator',
    (world) => creation(world, COORDINATOR_ACCOUNT_SIZE, ({ init }) => withAccount(init, 3, TOKEN_PROGRAM)),
  ],
  [
    'framework',
    3010,
    'coordinator',
    (world) => {
      const [run, payer] = [world.newRun(), world.person()];
      const { programId, accounts, data } = run.instruction('tick', {});
      return {
        instructions: [{ programId, data, accounts: accounts.map((each) => ({ ...each, isSigner: false })) }],
        signers: [payer],
      };
    },
  ],
  [
    'framework',
    3011,
    'coordinator',
    (world) =>
      byOwner(world, false, (run) =>
        withAccount(run.instruction('free_coordinator', { params: {} }), 1, run.keys.instance),
      ),
  ],
  [
    'framework',
    3012,
    'coordinator',
    (world) =>
      byOwner(world, true, (run) =>
        withAccount(run.instruction('tick', {}), 1, coordinatorInstanceAddress('nothing here').address),
      ),
  ],
];

function closing(grantor: Address, authorization: Address, signers: Attempt['signers'], spill: Address): Attempt {
  const keys = { grantor, spill, authorization };
  return { instructions: [programInstruction('authorizer', 'authorization_close', { params: {} }, keys)], signers };
}

function cut(instruction: Instruction): Instruction {
  return { ...instruction, data: instruction.data.slice(0, -1) };
}

function flagged(instruction: Instruction, at: number, isWritable: boolean): Instruction {
  return {
    ...instruction,
    accounts: instruction.accounts.map((each, index) => (index === at ? { ...each, isWritable } : each)),
  };
}

function readonlyAt(instruction: Instruction, at: number): Instruction {
  return flagged(instruction, at, false);
}

function writableAt(instruction: Instruction, at: number): Instruction {
  return flagged(instruction, at, true);
}

function tickOnBytes(world: CodeWorld, sizeBytes: number): Attempt {
  const [run, small] = [world.newRun(), world.chain.keyFor('four bytes')];
  const create = createAccount(run.owner.address, small.address, {
    lamports: rentExemptMinimum(sizeBytes),
    sizeBytes,
    owner: DEFAULT_PROGRAM_IDS.coordinator,
  });
  return {
    instructions: [create, withAccount(run.instruction('tick', {}), 2, small.address)],
    signers: [run.owner, small],
  };
}
