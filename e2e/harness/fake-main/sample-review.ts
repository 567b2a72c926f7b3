import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { type PreparedRequest, prepareRequest } from '#core/operations/prepare-request.ts';
import { DEFAULT_FEE_POLICY } from '#core/networks/fee-policy.ts';
import type { OperationRequest } from '#core/operations/request.ts';
import type { ChainReader } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { withFees } from '#core/programs/compute-budget.ts';
import { buildMessage } from '#core/transactions/build.ts';
import type { ReviewedStep, SignerSlot } from '#core/transactions/review-request.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { addressOf, GENESIS } from './sample-addresses.ts';
import { sampleNotices } from './sample-programs.ts';
import { OWN_ACCOUNTS } from './sample-chain.ts';
import { SAMPLE_BALANCES, SAMPLE_SIGNERS } from './sample-signers.ts';
import type { Scenario } from './scenario.ts';

const FRESH = addressOf('fresh account');
const ENCRYPTED = new Set(
  SAMPLE_SIGNERS.filter(({ source }) => source.kind === 'keyfile' && source.encrypted).map(({ address }) => address),
);
const LABELS = Object.fromEntries(SAMPLE_SIGNERS.map(({ address, label }) => [address, label]));

/** After a simulation that used 48,211 units, where others bid. */
const BIDS = { unitLimit: 58_033, microLamports: 42_000n };

/** What the app's own code says about a request on the sample chain. */
export function prepareOnSample(
  request: OperationRequest,
  chain: ChainReader,
  { network }: Scenario,
): Promise<PreparedRequest> {
  return prepareRequest(request, {
    chain,
    programs: DEFAULT_PROGRAM_IDS,
    freshAccount: FRESH,
    ownAccounts: OWN_ACCOUNTS,
    // Nobody bids on the practice network.
    fees: network === 'practice' ? { kind: 'off' } : DEFAULT_FEE_POLICY,
  });
}

/** The review of a step, decoded from the bytes it would sign; `undefined` behind the last one. */
export async function reviewOnSample(
  {
    request,
    step: index,
    planId,
    reviewId,
  }: { request: OperationRequest; step: number; planId: string; reviewId: string },
  { chain, scenario }: { chain: ChainReader; scenario: Scenario },
): Promise<ReviewedStep | undefined> {
  const { prepared, steps } = await prepareOnSample(request, chain, scenario);
  const step = steps[index];
  if (!step) return undefined;
  const { payer } = request.signers;
  const fees = scenario.network === 'practice' ? undefined : BIDS;
  const message = buildMessage(withFees(step.instructions, fees, payer), { payer, blockhash: addressOf('blockhash') });
  const review = summarize(message, {
    own: SAMPLE_SIGNERS.map(({ address }) => address),
    labels: { ...LABELS, [FRESH]: 'Account of the new run' },
  });
  const deployed = sampleNotices(scenario);
  const isRefused =
    prepared.checks.some(({ kind }) => kind === 'fail') || deployed.some(({ level }) => level === 'typed');
  const beforeLamports = SAMPLE_BALANCES[payer] ?? 0n;
  return {
    reviewId,
    planId,
    title: step.title,
    stepNumber: index + 1,
    steps: steps.map(({ title }) => ({ title })),
    review,
    feeNote: fees ? '75 % of 150 recent slots took 42000 micro-lamports per unit or less' : '',
    checks: prepared.checks,
    consequences: prepared.consequences,
    deployed,
    changes: prepared.changes,
    simulation: {
      kind: 'would-succeed',
      reason: '',
      remedy: '',
      logs: step.instructions.flatMap(({ programId }) => [
        `Program ${programId.toBase58()} invoke [1]`,
        `Program ${programId.toBase58()} success`,
      ]),
      unitsConsumed: 48_211n,
      balances: [
        {
          address: payer,
          beforeLamports,
          afterLamports: beforeLamports - prepared.lockedLamports - BigInt(review.fee.totalLamports),
        },
      ],
    },
    slots: review.signers.map(({ address }) =>
      slotOf(address, step.signers.find((signer) => signer.address === address)?.role ?? 'Signer'),
    ),
    network:
      scenario.network === 'practice'
        ? { name: 'Practice', genesisHash: GENESIS, cluster: 'practice' }
        : { name: 'Mainnet', genesisHash: '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d', cluster: 'mainnet' },
    blockHeight: 4_200n,
    lastValidBlockHeight: 4_350n,
    typedPhrase: scenario.asksPhrase ? 'sign on mainnet' : isRefused ? 'sign anyway' : '',
    blocked: '',
  };
}

function slotOf(address: Address, role: string): SignerSlot {
  if (address === FRESH) return { address, role, label: 'Account of the new run', kind: 'fresh-account', problem: '' };
  const label = LABELS[address];
  const kind = ENCRYPTED.has(address) ? 'encrypted-keyfile' : 'keyfile';
  if (label !== undefined) return { address, role, label, kind, problem: '' };
  return { address, role, label: '', kind: 'absent', problem: 'No key for this address is on this machine' };
}
