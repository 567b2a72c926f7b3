import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { type PreparedRequest, prepareRequest } from '#core/operations/prepare-request.ts';
import { DEFAULT_FEE_POLICY } from '#core/networks/fee-policy.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import type { ChainReader } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { withFees } from '#core/programs/compute-budget.ts';
import { buildMessage } from '#core/transactions/build.ts';
import type { NonceLifetime } from '#core/transactions/lifetime.ts';
import type { Review } from '#core/transactions/review.ts';
import type { ReviewedStep, SignerSlot } from '#core/transactions/review-request.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { addressOf, GENESIS } from './sample-addresses.ts';
import { sampleNotices } from './sample-programs.ts';
import { OWN_ACCOUNTS } from './sample-chain.ts';
import { SAMPLE_BALANCES, SAMPLE_LABELS, SAMPLE_SIGNERS } from './sample-signers.ts';
import type { Scenario } from './scenario.ts';

/** The account that a new run gets. */
export const FRESH = addressOf('fresh account');

const MAINNET = {
  name: 'Mainnet',
  genesisHash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d',
  cluster: 'mainnet',
} as const;
const PRACTICE = { name: 'Practice', genesisHash: GENESIS, cluster: 'practice' } as const;
const HEIGHTS = { blockHeight: 4_200n, lastValidBlockHeight: 4_350n };

/** After a simulation that used 48,211 units, where others bid. */
const BIDS = { unitLimit: 58_033, microLamports: 42_000n };

type World = { readonly chain: ChainReader; readonly scenario: Scenario };

/** What the app's own code says about a request on the sample chain. */
export function prepareOnSample(
  request: OperationRequest,
  { chain, scenario }: World,
  nonce: NonceLifetime | undefined,
): Promise<PreparedRequest> {
  return prepareRequest(request, {
    chain,
    programs: DEFAULT_PROGRAM_IDS,
    freshAccount: FRESH,
    ownAccounts: OWN_ACCOUNTS,
    // Nobody bids on the practice network.
    fees: scenario.network === 'practice' ? { kind: 'off' } : DEFAULT_FEE_POLICY,
    nonce,
  });
}

type Asked = {
  readonly request: OperationRequest;
  /** From 0. */
  readonly step: number;
  readonly planId: string;
  readonly reviewId: string;
  readonly nonce?: NonceLifetime | undefined;
};

/** The review of a step, decoded from the bytes it would sign; `undefined` behind the last one. */
export async function reviewOnSample(
  { request, step: index, planId, reviewId, nonce }: Asked,
  world: World,
): Promise<ReviewedStep | undefined> {
  const { scenario } = world;
  const { prepared, steps } = await prepareOnSample(request, world, nonce);
  const step = steps[index];
  if (!step) return undefined;
  const { payer } = request.signers;
  const fees = scenario.network === 'practice' ? undefined : BIDS;
  const blockhash = nonce?.nonce ?? addressOf('blockhash');
  const review = summarizeSample(buildMessage(withFees(step.instructions, fees, payer), { payer, blockhash }));
  const deployed = sampleNotices(scenario);
  const isRefused =
    prepared.checks.some(({ kind }) => kind === 'fail') || deployed.some(({ level }) => level === 'typed');
  const roles = new Map(step.signers.map(({ address, role }) => [address, role]));
  return {
    ...aroundReview(review, scenario),
    reviewId,
    origin: 'plan',
    planId,
    title: step.title,
    stepNumber: index + 1,
    steps: steps.map(({ title }) => ({ title })),
    feeNote: fees ? '75 % of 150 recent slots took 42000 micro-lamports per unit or less' : '',
    checks: prepared.checks,
    consequences: prepared.consequences,
    deployed,
    changes: prepared.changes,
    simulation: simulated(review, prepared.lockedLamports),
    slots: review.signers.map(({ address }) => slotOf(address, roles.get(address) ?? 'Signer')),
    typedPhrase: scenario.asksPhrase ? 'sign on mainnet' : isRefused ? 'sign anyway' : '',
    blocked: '',
  };
}

/** The review of bytes that were there before: nothing is known of them but what they say. */
export function reviewBytesOnSample(
  message: Uint8Array,
  {
    given,
    title,
    reviewId,
    origin,
  }: {
    readonly given: readonly (Uint8Array | undefined)[];
    readonly title: string | undefined;
    readonly reviewId: string;
    readonly origin: 'journal' | 'import';
  },
  scenario: Scenario,
): ReviewedStep {
  const review = summarizeSample(message);
  const name = title ?? titleOf(review);
  const isTyped = review.flags.some(({ level }) => level === 'typed');
  const refusing = review.flags.find(({ level }) => level === 'refuse');
  const slots = review.signers.map(({ address, isFeePayer }, index) => {
    const slot = slotOf(address, isFeePayer ? 'Fee payer' : 'Signer');
    return given[index] ? { ...slot, kind: 'signed' as const } : slot;
  });
  const isHelpless = slots.every(({ kind }) => kind === 'absent' || kind === 'signed');
  return {
    ...aroundReview(review, scenario),
    reviewId,
    origin,
    title: name,
    stepNumber: 1,
    steps: [{ title: name }],
    feeNote: '',
    checks: [],
    consequences: [],
    deployed: [],
    changes: [],
    simulation: simulated(review, 0n),
    slots,
    typedPhrase: isTyped ? 'sign anyway' : '',
    blocked: refusing?.text ?? (isHelpless ? 'None of its missing signatures can be made on this machine' : ''),
  };
}

function summarizeSample(message: Uint8Array): Review {
  return summarize(message, {
    own: SAMPLE_SIGNERS.flatMap(({ address, source }) => (source.kind === 'keyfile' ? [address] : [])),
    labels: { ...SAMPLE_LABELS, [FRESH]: 'Account of the new run' },
  });
}

function aroundReview(review: Review, { network }: Scenario) {
  const { blockHeight, lastValidBlockHeight } = HEIGHTS;
  return {
    review,
    network: network === 'practice' ? PRACTICE : MAINNET,
    blockHeight,
    ...(review.lifetime.kind === 'blockhash' ? { lastValidBlockHeight } : {}),
  };
}

function simulated({ programs, feePayer, fee }: Review, lockedLamports: bigint): ReviewedStep['simulation'] {
  const beforeLamports = SAMPLE_BALANCES[feePayer] ?? 0n;
  const afterLamports = beforeLamports - lockedLamports - BigInt(fee.totalLamports);
  return {
    kind: 'would-succeed',
    reason: '',
    remedy: '',
    logs: programs.flatMap(({ address }) => [`Program ${address} invoke [1]`, `Program ${address} success`]),
    unitsConsumed: 48_211n,
    balances: [{ address: feePayer, beforeLamports, afterLamports: afterLamports < 0n ? 0n : afterLamports }],
  };
}

function titleOf({ instructions, lifetime }: Review): string {
  const [first, ...others] = instructions.slice(lifetime.kind === 'nonce' ? 1 : 0);
  if (!first) return 'A transaction that does nothing';
  return others.length === 0 ? first.title : `${first.title}, and ${others.length} more`;
}

function slotOf(address: Address, role: string): SignerSlot {
  if (address === FRESH) return { address, role, label: 'Account of the new run', kind: 'fresh-account', problem: '' };
  const source = SAMPLE_SIGNERS.find((signer) => signer.address === address)?.source;
  const label = SAMPLE_LABELS[address] ?? '';
  if (source?.kind !== 'keyfile') return { address, role, label, kind: 'absent', problem: '' };
  return { address, role, label, kind: source.encrypted ? 'encrypted-keyfile' : 'keyfile', problem: '' };
}
