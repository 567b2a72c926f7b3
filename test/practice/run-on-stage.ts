import { COORDINATOR_ACCOUNT_SIZE, decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import { authorizationAddress, coordinatorInstanceAddress } from '#core/layouts/addresses.ts';
import type {
  CoordinatorAccount,
  CoordinatorConfig,
  CoordinatorInstructions,
  LLM,
} from '#core/layouts/generated/coordinator.ts';
import { DEFAULT_PROGRAM_IDS, JOIN_SCOPE } from '#core/layouts/programs.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import type { ExecutionResult } from '#practice/runtime/execution-result.ts';
import type { Instruction } from '#practice/runtime/native/native-executor.ts';
import { rentExemptMinimum } from '#practice/runtime/rent.ts';
import { testAddress, type Stage } from './stage.ts';
import { createAccount } from './system-instructions.ts';
import { programInstruction, runInstruction, type RunKeys } from './trace-instructions.ts';

/** A run that exists on a stage, and ways to send it instructions. */
export type StagedRun = ReturnType<typeof createRunOnStage>;

/** A run of its own, open to everybody; one wallet pays, owns it and lets others in. */
export function createRunOnStage(stage: Stage, runId = 'atlas-7') {
  const authority = stage.fund(1);
  const run: RunKeys = {
    authority,
    instance: coordinatorInstanceAddress(runId).address,
    account: testAddress(50),
    authorization: authorizationAddress(authority, SYSTEM_PROGRAM).address,
  };
  stage.land([createCoordinatorAccount(run), initInstruction(run, runId)]);
  stage.land(openToEverybody(run));
  const instruction = <N extends keyof CoordinatorInstructions>(
    name: N,
    args: CoordinatorInstructions[N],
    user: Address = authority,
  ): Instruction => runInstruction(name, args, run, user);
  const read = (): CoordinatorAccount => {
    const account = stage.accounts.get(run.account);
    if (account === undefined) throw new Error('the run is gone');
    return decodeCoordinatorAccount(account.data);
  };
  return {
    run,
    instruction,
    read,
    /** Sends one instruction. */
    send: <N extends keyof CoordinatorInstructions>(
      name: N,
      args: CoordinatorInstructions[N],
      user?: Address,
    ): ExecutionResult => stage.send([instruction(name, args, user)]),
    /** {@link send}, refusing to go on after a failure. */
    land: <N extends keyof CoordinatorInstructions>(
      name: N,
      args: CoordinatorInstructions[N],
      user?: Address,
    ): ExecutionResult => stage.land([instruction(name, args, user)]),
    /** Lets time pass. */
    wait: (seconds: bigint): void => {
      stage.clock.unixTimestamp += seconds;
      stage.clock.slot += 5n * seconds;
    },
  };
}

/** System `CreateAccount` of the big account. */
export function createCoordinatorAccount(run: RunKeys, sizeBytes = COORDINATOR_ACCOUNT_SIZE): Instruction {
  const lamports = rentExemptMinimum(sizeBytes);
  return createAccount(run.authority, run.account, { lamports, sizeBytes, owner: DEFAULT_PROGRAM_IDS.coordinator });
}

/** `init_coordinator` with the payer as both authorities. */
export function initInstruction(run: RunKeys, runId: string, clientVersion = 'v1'): Instruction {
  const authority = addressToBytes(run.authority);
  const params = {
    main_authority: authority,
    join_authority: authority,
    run_id: runId,
    client_version: clientVersion,
  };
  return programInstruction(
    'coordinator',
    'init_coordinator',
    { params },
    { payer: run.authority, coordinator_instance: run.instance, coordinator_account: run.account },
  );
}

/** Creates and activates the authorization for everybody. */
export function openToEverybody({ authority, authorization }: RunKeys): Instruction[] {
  const scope = new TextEncoder().encode(JOIN_SCOPE);
  const params = { grantee: addressToBytes(SYSTEM_PROGRAM), scope };
  return [
    programInstruction(
      'authorizer',
      'authorization_create',
      { params },
      { payer: authority, grantor: authority, authorization },
    ),
    programInstruction(
      'authorizer',
      'authorization_grantor_update',
      { params: { active: true } },
      { grantor: authority, authorization },
    ),
  ];
}

/** A configuration that passes every check, with short times. */
export function sampleConfig(changes: Partial<CoordinatorConfig> = {}): CoordinatorConfig {
  return {
    warmup_time: 10n,
    cooldown_time: 20n,
    max_round_train_time: 15n,
    round_witness_time: 5n,
    global_batch_size_warmup_tokens: 0n,
    epoch_time: 60n,
    total_steps: 100,
    init_min_clients: 1,
    min_clients: 1,
    witness_nodes: 0,
    global_batch_size_start: 8,
    global_batch_size_end: 64,
    verification_percent: 0,
    waiting_for_members_extra_time: 3,
    ...changes,
  };
}

/** A model that passes every check. */
export function sampleModel(changes: Partial<LLM> = {}): { LLM: LLM } {
  return {
    LLM: {
      max_seq_len: 128,
      cold_start_warmup_steps: 0,
      architecture: 'HfLlama',
      checkpoint: { Hub: { repo_id: 'org/model', revision: null } },
      data_type: 'Pretraining',
      data_location: 'Dummy',
      lr_schedule: { Constant: { base_lr: 0.001, warmup_init_lr: 0, warmup_steps: 0 } },
      optimizer: {
        Distro: {
          clip_grad_norm: null,
          weight_decay: null,
          compression_decay: 1,
          compression_topk: 1,
          compression_chunk: 1,
          quantize_1bit: false,
        },
      },
      ...changes,
    },
  };
}

/** `update` arguments of which only the given parts are present. */
export function updateArgs(parts: Partial<CoordinatorInstructions['update']> = {}): CoordinatorInstructions['update'] {
  return { metadata: null, config: null, model: null, progress: null, ...parts };
}
