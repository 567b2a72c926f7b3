import { parseConfig } from '#core/config/parse-config.ts';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { authorizationAddress, coordinatorInstanceAddress, JOIN_SCOPE } from '#core/layouts/addresses.ts';
import { DEFAULT_PROGRAM_IDS, SYSTEM_PROGRAM_ID } from '#core/layouts/programs.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import type { Prepared } from '#core/operations/prepared.ts';
import { type Address, addressToBytes } from '#core/solana/address.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { utf8Length } from '#core/operations/run-fields.ts';
import { addressOf, DEMO, GENESIS } from './sample-addresses.ts';
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
            ...admit(signers, operation.whoMayJoin.kind === 'user' ? operation.whoMayJoin.address : SYSTEM_PROGRAM_ID),
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
    case 'allow-to-join':
      return [
        {
          title: 'Let clients join',
          signers: withPayer({ address: signers.joinAuthority, role: 'Join authority' }),
          instructions: admit(
            signers,
            operation.whoMayJoin.kind === 'user' ? operation.whoMayJoin.address : SYSTEM_PROGRAM_ID,
          ),
        },
      ];
  }
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
            title: creates ? 'The run id is free' : 'You are the main authority',
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
      { kind: 'pass', title: 'The configuration passes every rule of the program', reason: '', remedy: '' },
    ],
    changes:
      operation.kind === 'update-configuration'
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
    lockedNote: creates ? 'Comes back when the run is closed' : '',
    feeLamports: BigInt(steps.reduce((sum, { signers }) => sum + signers.length, 0)) * 5_000n,
    command:
      operation.kind === 'create-run'
        ? `run-manager create-run --run-id ${operation.runId} --client-version ${operation.clientVersion} --rpc "$RPC"`
        : `run-manager set-paused --rpc "$RPC"`,
    slot: 4_211n,
  };
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
    program: SYSTEM_PROGRAM_ID,
    data,
    metas: [payer, FRESH].map((address) => ({ address, isSigner: true, isWritable: true })),
  };
}
