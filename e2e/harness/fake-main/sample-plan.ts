import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { parseConfig } from '#core/config/parse-config.ts';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { authorizationAddress, coordinatorInstanceAddress, JOIN_SCOPE } from '#core/layouts/addresses.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import type { Prepared } from '#core/operations/prepared.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { formatDecimal } from '#core/units/decimal.ts';
import { utf8Length } from '#core/operations/run-fields.ts';
import { addressOf, DEMO, GENESIS } from './sample-addresses.ts';
import { claimSteps, transferToVault, treasurerRates } from './sample-reward-steps.ts';
import { legacyMessage, programInstruction, type SampleInstruction } from './sample-message.ts';
import type { Scenario } from './scenario.ts';

type Step = {
  readonly title: string;
  readonly signers: readonly { address: Address; role: string }[];
  readonly instructions: readonly SampleInstruction[];
};

const FRESH = addressOf('fresh account');

/** Transactions of a request, with real bytes. */
function stepsOf({ operation, signers }: OperationRequest): readonly Step[] {
  const runId = 'runId' in operation ? operation.runId : '';
  const instance = coordinatorInstanceAddress(utf8Length(runId) > 32 ? '' : runId).address;
  const run = {
    authority: signers.authority,
    coordinator_instance: instance,
    coordinator_account: FRESH,
    payer: signers.payer,
  };
  const owner = { address: signers.authority, role: 'Main authority' };
  const payer = { address: signers.payer, role: 'Fee payer' };
  const withPayer = (role: { address: Address; role: string }) =>
    role.address === payer.address ? [role] : [payer, role];
  switch (operation.kind) {
    case 'create-run':
      return [
        {
          title: 'Let clients join and create the run',
          signers: [...withPayer(owner), { address: FRESH, role: 'New account' }],
          instructions: [
            ...admit(signers, operation.whoMayJoin.kind === 'user' ? operation.whoMayJoin.address : SYSTEM_PROGRAM),
            createAccount(signers.payer),
            programInstruction(
              'coordinator',
              'init_coordinator',
              {
                params: {
                  main_authority: addressToBytes(signers.authority),
                  join_authority: addressToBytes(signers.joinAuthority),
                  run_id: runId,
                  client_version: operation.clientVersion,
                },
              },
              run,
            ),
          ],
        },
        {
          title: operation.start ? 'Name, configure and start' : 'Name and configure',
          signers: withPayer(owner),
          instructions: [
            update(run),
            ...(operation.start ? [programInstruction('coordinator', 'set_paused', { paused: false }, run)] : []),
          ],
        },
        ...rewardSteps(operation, signers),
      ];
    case 'update-configuration':
      return [{ title: 'Update the configuration', signers: withPayer(owner), instructions: [update(run)] }];
    case 'set-paused':
      return [
        {
          title: operation.paused ? 'Pause the run' : 'Start the run',
          signers: withPayer(owner),
          instructions: [programInstruction('coordinator', 'set_paused', { paused: operation.paused }, run)],
        },
      ];
    case 'set-rates':
      return [
        {
          title: 'Set the rates of the next epochs',
          signers: withPayer(owner),
          instructions: [
            operation.decimals === undefined
              ? programInstruction(
                  'coordinator',
                  'set_future_epoch_rates',
                  {
                    epoch_earning_rate_total_shared: operation.earning ?? null,
                    epoch_slashing_rate_per_client: operation.slashing ?? null,
                  },
                  run,
                )
              : treasurerRates(runId, signers.authority, operation),
          ],
        },
      ];
    case 'top-up':
      return [
        {
          title: 'Top up the treasury',
          signers: withPayer({ address: operation.funder, role: 'Funder' }),
          instructions: [transferToVault(runId, operation.funder, operation.amount, operation.decimals)],
        },
      ];
    case 'claim-rewards':
      return [
        {
          title: 'Claim rewards',
          signers: withPayer({ address: operation.user, role: 'Client' }),
          instructions: claimSteps(runId, signers.payer, operation.user, 8_359_375_002n),
        },
      ];
    case 'allow-to-join':
      return [
        {
          title: 'Let clients join',
          signers: withPayer({ address: signers.joinAuthority, role: 'Join authority' }),
          instructions: admit(
            signers,
            operation.whoMayJoin.kind === 'user' ? operation.whoMayJoin.address : SYSTEM_PROGRAM,
          ),
        },
      ];
  }
}

/** The last approval of a launch with rewards: rates and the first top-up. */
function rewardSteps(
  { runId, rewards }: Extract<OperationRequest['operation'], { kind: 'create-run' }>,
  signers: OperationRequest['signers'],
): Step[] {
  if (!rewards) return [];
  const owner = { address: signers.authority, role: 'Main authority' };
  return [
    {
      title: rewards.topUp ? 'Set rates and top up' : 'Set rates',
      signers:
        rewards.topUp && rewards.topUp.funder !== owner.address
          ? [owner, { address: rewards.topUp.funder, role: 'Funder' }]
          : [owner],
      instructions: [
        treasurerRates(runId, signers.authority, rewards),
        ...(rewards.topUp ? [transferToVault(runId, rewards.topUp.funder, rewards.topUp.upTo, rewards.decimals)] : []),
      ],
    },
  ];
}

/** The answer to a filled form. An id of a run that exists is refused, and so is a payer without SOL. */
export function samplePrepared(request: OperationRequest): Prepared {
  const { operation } = request;
  const steps = stepsOf(request);
  const isTaken = operation.kind === 'create-run' && operation.runId === 'atlas-1b-run-07';
  const creates = operation.kind === 'create-run';
  return {
    checks: [
      isTaken
        ? {
            kind: 'fail',
            title: 'The run id is taken',
            reason: `It belongs to ${DEMO}, which is you`,
            remedy: 'Choose another id',
            field: 'runId',
          }
        : {
            kind: 'pass',
            title: titleOfOwnership(operation),
            reason: '',
            remedy: '',
            field: 'runId',
          },
      { kind: 'pass', title: 'The fee payer has enough SOL', reason: 'It has 12.5 SOL and needs 0.84', remedy: '' },
      ...(operation.kind === 'set-paused' && operation.paused
        ? [
            {
              kind: 'warn' as const,
              title: 'The pause is pending until the epoch ends',
              reason: 'The run is training',
              remedy: 'Wait for the end of the epoch, or pause now and let it finish',
            },
          ]
        : []),
      ...(creates || operation.kind === 'update-configuration'
        ? [
            {
              kind: 'pass' as const,
              title: 'The configuration passes every rule of the program',
              reason: '',
              remedy: '',
            },
          ]
        : []),
      ...rewardChecks(operation),
    ],
    changes:
      operation.kind === 'set-rates' || operation.kind === 'top-up' || operation.kind === 'claim-rewards'
        ? rewardChanges(operation)
        : operation.kind === 'update-configuration'
          ? [
              { label: 'config.epoch_time', before: '14400 s', after: '3600 s' },
              { label: 'config.min_clients', before: '3', after: '2' },
              { label: 'config.total_steps', before: '60000', after: '60000' },
              { label: 'model.LLM.max_seq_len', before: '4096', after: '2048' },
            ]
          : [{ label: 'State', before: creates ? '' : 'Paused', after: 'Waiting for members' }],
    steps: steps.map(({ title, signers, instructions }) => ({
      title,
      signers: [...signers],
      sizeBytes: legacyMessage(request.signers.payer, instructions).length + 1 + 64 * signers.length,
    })),
    lockedLamports: creates ? 832_936_960n : 0n,
    lockedNote: lockedNote(operation),
    feeLamports: BigInt(steps.reduce((sum, { signers }) => sum + signers.length, 0)) * 5_000n,
    command: commandOf(operation),
    slot: 4_211n,
  };
}

type Operation = OperationRequest['operation'];

/** The subcommand of `run-manager` that does the same. */
const COMMANDS: Readonly<Record<Operation['kind'], string>> = {
  'allow-to-join': 'join-authorization-create',
  'claim-rewards': 'treasurer-claim-rewards',
  'create-run': 'create-run',
  'set-paused': 'set-paused',
  'set-rates': 'set-future-epoch-rates',
  'top-up': 'treasurer-top-up-rewards',
  'update-configuration': 'update-config',
};

function commandOf(operation: Operation): string {
  const runId = 'runId' in operation ? ` --run-id ${operation.runId}` : '';
  return `run-manager ${COMMANDS[operation.kind]}${runId} --rpc "$RPC"`;
}

function titleOfOwnership({ kind }: Operation): string {
  if (kind === 'create-run') return 'The run id is free';
  return kind === 'top-up' || kind === 'claim-rewards' ? 'The run has a treasury' : 'You are the main authority';
}

function lockedNote(operation: Operation): string {
  if (operation.kind !== 'create-run') return '';
  return operation.rewards ? 'Never comes back: the run has a treasury' : 'Comes back when the run is closed';
}

function rewardChecks(operation: Operation): Prepared['checks'] {
  switch (operation.kind) {
    case 'top-up':
      return [
        {
          kind: operation.amount > 1_000_000_000_000n ? 'fail' : 'pass',
          title: 'The funder has enough tokens',
          reason: 'It holds 1000000 tokens',
          remedy: operation.amount > 1_000_000_000_000n ? 'Send less' : '',
          field: 'amount',
        },
        { kind: 'pass', title: 'The treasury is this run’s own', reason: '', remedy: '' },
        {
          kind: 'warn',
          title: 'A top-up cannot be taken back',
          reason: 'Tokens leave the vault only as claims',
          remedy: 'Check the amount',
        },
      ];
    case 'set-rates':
      return [{ kind: 'pass', title: 'The run takes rates in this state', reason: '', remedy: '' }];
    case 'claim-rewards':
      return [{ kind: 'pass', title: 'The vault covers the claim', reason: '', remedy: '' }];
    case 'create-run':
      return operation.rewards
        ? [
            { kind: 'pass', title: 'The mint is a classic SPL token', reason: '', remedy: '', field: 'rewards.mint' },
            {
              kind: 'warn',
              title: 'The locked SOL never comes back',
              reason: 'A run with a treasury cannot be closed',
              remedy: 'Go on if that is meant',
            },
          ]
        : [];
    default:
      return [];
  }
}

function rewardChanges(
  operation: Extract<Operation, { kind: 'set-rates' | 'top-up' | 'claim-rewards' }>,
): Prepared['changes'] {
  switch (operation.kind) {
    case 'set-rates':
      return [
        {
          label: 'Reward per epoch',
          before: '12500 tokens',
          after: `${formatDecimal(operation.earning ?? 12_500_000_000n, operation.decimals ?? 0)} tokens`,
        },
      ];
    case 'top-up':
      return [
        {
          label: 'Leaves the funder',
          before: '0 tokens',
          after: `${formatDecimal(operation.amount, operation.decimals)} tokens`,
        },
      ];
    case 'claim-rewards':
      return [{ label: 'Claimed', before: '0 tokens', after: '8359.375002 tokens' }];
  }
}

/** The review of a step, decoded from the bytes it would sign. */
export function sampleReview(
  request: OperationRequest,
  stepIndex: number,
  reviewId: string,
  planId: string,
  scenario: Scenario,
): ReviewedStep | undefined {
  const steps = stepsOf(request);
  const step = steps[stepIndex];
  if (!step) return undefined;
  const message = legacyMessage(request.signers.payer, step.instructions);
  const prepared = samplePrepared(request);
  return {
    reviewId,
    planId,
    title: step.title,
    stepNumber: stepIndex + 1,
    steps: steps.map(({ title }) => ({ title })),
    review: summarize(message, { own: [DEMO], labels: { [DEMO]: 'Demo key' } }),
    checks: prepared.checks,
    changes: prepared.changes,
    simulation: {
      kind: 'would-succeed',
      reason: '',
      remedy: '',
      logs: [
        `Program ${DEFAULT_PROGRAM_IDS.coordinator} invoke [1]`,
        'Program log: Instruction: InitCoordinator',
        `Program ${DEFAULT_PROGRAM_IDS.coordinator} success`,
      ],
      unitsConsumed: 48_211n,
      balances: [{ address: request.signers.payer, beforeLamports: 12_500_000_000n, afterLamports: 11_667_058_040n }],
    },
    slots: step.signers.map(({ address, role }) => ({
      address,
      role,
      label: address === FRESH ? '' : 'Demo key',
      kind: address === FRESH ? 'fresh-account' : 'keyfile',
      problem: '',
    })),
    network:
      scenario.network === 'practice'
        ? { name: 'Practice', genesisHash: GENESIS, cluster: 'practice' }
        : { name: 'Mainnet', genesisHash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d', cluster: 'mainnet' },
    blockHeight: 4_200n,
    lastValidBlockHeight: 4_350n,
    typedPhrase: scenario.asksPhrase ? 'sign on mainnet' : '',
    blocked: '',
  };
}

function admit(signers: OperationRequest['signers'], grantee: Address): SampleInstruction[] {
  const accounts = {
    payer: signers.payer,
    grantor: signers.joinAuthority,
    authorization: authorizationAddress(signers.joinAuthority, grantee).address,
  };
  return [
    programInstruction(
      'authorizer',
      'authorization_create',
      { params: { grantee: addressToBytes(grantee), scope: JOIN_SCOPE } },
      accounts,
    ),
    programInstruction('authorizer', 'authorization_grantor_update', { params: { active: true } }, accounts),
  ];
}

function update(run: Readonly<Record<string, Address>>): SampleInstruction {
  const reading = parseConfig(PRACTICE_CONFIG_TEXT);
  if (reading.kind !== 'ok') throw new Error('the practice configuration does not parse');
  return programInstruction(
    'coordinator',
    'update',
    { metadata: null, config: reading.config, model: reading.model, progress: null },
    run,
  );
}

/** System `create_account`: tag, lamports, space, owner. Source: PROTOCOL §4.4. */
function createAccount(payer: Address): SampleInstruction {
  const data = new Uint8Array(52);
  const view = new DataView(data.buffer);
  view.setBigUint64(4, 830_244_480n, true);
  view.setBigUint64(12, 119_160n, true);
  data.set(addressToBytes(DEFAULT_PROGRAM_IDS.coordinator), 20);
  return {
    program: SYSTEM_PROGRAM,
    data,
    metas: [payer, FRESH].map((address) => ({ address, isSigner: true, isWritable: true })),
  };
}
