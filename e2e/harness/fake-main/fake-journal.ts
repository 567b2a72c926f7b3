import { base64 } from '@scure/base';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { AppError } from '#core/errors/app-error.ts';
import { explainFailure } from '#core/transactions/explain-failure.ts';
import { encodeTransaction } from '#core/solana/transaction.ts';
import type { LandedDetails, TransactionRow, TransactionView } from '#core/transactions/journal-view.ts';
import type { Outcome } from '#core/transactions/outcome.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import { OperationRequest } from '#core/operations/request.ts';
import { addressOf, DEMO } from './sample-addresses.ts';
import type { ChainReader } from '#core/ports.ts';
import { reviewOnSample } from './sample-review.ts';
import type { Scenario } from './scenario.ts';

type Sent = { readonly planId: string; readonly stepIndex: number; readonly step: ReviewedStep; readonly at: number };

const LOGS = [
  'Program 4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7 invoke [1]',
  'Program log: Instruction: Update',
  'Program log: AnchorError thrown in programs/solana-coordinator/src/instance_state.rs:412. Error Code: ConfigSanityCheckFailed. Error Number: 6004. Error Message: Config sanity check failed.',
  'Program 4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7 failed: custom program error: 0x1774',
];

const OUTCOMES: Readonly<Record<'confirmed' | 'failed' | 'expired' | 'unknown', Outcome>> = {
  confirmed: { kind: 'confirmed', slot: 4_260n, signature: addressOf('signature') + addressOf('signature 2') },
  failed: { kind: 'failed', slot: 4_261n, error: { InstructionError: [0, { Custom: 6004 }] }, logs: LOGS },
  expired: { kind: 'expired' },
  unknown: { kind: 'unknown' },
};

type Words = { readonly label: string; readonly note: string };

const SAMPLE_WORDS: readonly (readonly [string, Words])[] = [
  ['past-1', { label: 'Invoice 2026-117', note: 'Asked for by Ines on Monday.\nBooked under compute, Q4.' }],
  ['past-2', { label: 'retried as 2026-118', note: '' }],
  ['past-4', { label: '', note: 'שלום: 280 ₪, see the mail' }],
];

/** A journal whose transactions end by themselves a moment after they were sent. */
export function createFakeJournal(
  scenario: Scenario,
  chain: ChainReader,
  tell: (channel: string, payload: unknown) => void,
) {
  const sent = new Map<string, Sent>();
  const words = new Map<string, Words>(SAMPLE_WORDS);
  const history = pastTransactions(scenario, chain);

  function viewOf(id: string): TransactionView | undefined {
    const one = sent.get(id);
    if (!one) return undefined;
    const ending = Date.now() - one.at >= scenario.endsAfterMs ? scenario.ending : 'pending';
    return transaction(id, one.step, one.at, ending === 'pending' ? undefined : OUTCOMES[ending]);
  }

  return {
    send(planId: string, stepIndex: number, step: ReviewedStep): string {
      const id = `transaction-${sent.size + 1}`;
      sent.set(id, { planId, stepIndex, step, at: Date.now() });
      setTimeout(() => tell('transactions.changed', { id }), scenario.endsAfterMs + 20);
      return id;
    },
    isConfirmed: (planId: string, stepIndex: number) =>
      [...sent].some(
        ([id, one]) =>
          one.planId === planId && one.stepIndex === stepIndex && viewOf(id)?.outcome?.kind === 'confirmed',
      ),
    async read(id: string): Promise<TransactionView> {
      const view = viewOf(id) ?? (await history).find((past) => past.id === id);
      if (!view) throw new AppError('ipc/malformed', { channel: 'transactions.read', path: 'id' });
      return { ...view, ...words.get(id) };
    },
    annotate: (id: string, said: Words) => void words.set(id, said),
    async landed(id: string): Promise<LandedDetails> {
      const view = viewOf(id) ?? (await history).find((past) => past.id === id);
      return view ? landedOf(view, scenario) : { kind: 'unavailable', reason: 'not-landed' };
    },
    list: async (): Promise<TransactionRow[]> =>
      [...[...sent.keys()].flatMap((id) => viewOf(id) ?? []), ...(await history)].map((view) => ({
        ...rowOf(view),
        ...words.get(view.id),
      })),
  };
}

async function pastTransactions(scenario: Scenario, chain: ChainReader): Promise<readonly TransactionView[]> {
  const request = OperationRequest.parse({
    operation: {
      kind: 'create-run',
      runId: 'atlas-1b-run-08',
      whoMayJoin: { kind: 'anyone' },
      metadata: { name: '', description: '', parameters: '0', vocabulary: '0' },
      clientVersion: 'latest',
      configText: PRACTICE_CONFIG_TEXT,
      start: true,
    },
    signers: { payer: DEMO, authority: DEMO, joinAuthority: DEMO },
  });
  const endings = [
    undefined,
    OUTCOMES.confirmed,
    OUTCOMES.failed,
    OUTCOMES.expired,
    OUTCOMES.unknown,
    OUTCOMES.confirmed,
  ];
  const steps = await Promise.all(
    endings.map((_, index) =>
      reviewOnSample({ request, step: index % 2, planId: 'past', reviewId: 'past' }, { chain, scenario }),
    ),
  );
  return steps.flatMap((step, index) =>
    step ? [transaction(`past-${index}`, step, Date.now() - 3_600_000 * (index + 1), endings[index])] : [],
  );
}

function transaction(id: string, step: ReviewedStep, at: number, outcome: Outcome | undefined): TransactionView {
  return {
    id,
    title: step.title,
    runId: 'atlas-1b-run-07',
    signature: addressOf(`signature ${id}`) + addressOf(id),
    messageHash: step.review.messageHash,
    genesisHash: step.network.genesisHash,
    networkName: step.network.name,
    feePayer: step.review.feePayer,
    feeLamports: BigInt(step.review.fee.totalLamports),
    startedAt: at,
    signers: step.review.signers.map(({ address }) => address),
    label: '',
    note: '',
    ...(outcome && { outcome }),
    ...(outcome?.kind === 'failed' && {
      failure: explainFailure({ ...outcome, instructions: step.review.instructions, runId: 'atlas-1b-run-07' }),
    }),
    timeline: [
      { state: 'reviewed', at: at - 4_000, note: '' },
      { state: 'approved', at, note: '' },
      { state: 'signed', at: at + 40, note: `${step.slots.length} of ${step.slots.length} signatures` },
      { state: 'sent', at: at + 60, note: 'once' },
      ...(outcome ? [{ state: 'ended' as const, at: at + 400, note: '' }] : []),
    ],
    review: step.review,
    planId: step.planId,
    slots: step.review.signers.map(({ address }) => ({ address, isSigned: true })),
    overrides: outcome?.kind === 'failed' ? ['Warmup: its time is longer than an epoch'] : [],
    ...(outcome === undefined || outcome.kind === 'unknown' ? { flight: flightOf(outcome) } : {}),
    wireBase64: base64.encode(
      encodeTransaction(
        step.review.signers.map(() => new Uint8Array(64).fill(7)),
        base64.decode(step.review.messageBase64),
      ),
    ),
  };
}

function flightOf(outcome: Outcome | undefined): NonNullable<TransactionView['flight']> {
  const known = { isConnected: true, lookedAt: Date.now() - 1_000, lastValidBlockHeight: 4_350n };
  return outcome ? { ...known, sends: 31, finalizedHeight: 4_361n } : { ...known, sends: 3, finalizedHeight: 4_212n };
}

/** What the cluster says of one that landed: a fee, rent and tokens into a vault. */
function landedOf({ outcome, feePayer, feeLamports, review }: TransactionView, { network }: Scenario): LandedDetails {
  if (outcome?.kind !== 'confirmed' && outcome?.kind !== 'failed') return { kind: 'unavailable', reason: 'not-landed' };
  if (network !== 'practice') return { kind: 'unavailable', reason: 'other-network' };
  const before = 12_500_000_000n;
  const isFailed = outcome.kind === 'failed';
  const rent = isFailed ? 0n : 830_243_520n;
  const fresh = { address: addressOf('fresh account'), before: 0n, after: rent };
  const balances = [{ address: feePayer, before, after: before - feeLamports - rent }, ...(isFailed ? [] : [fresh])];
  const mint = addressOf('mint');
  const tokens = [
    {
      account: addressOf('own tokens'),
      owner: feePayer,
      mint,
      decimals: 6,
      before: 900_000_250_000n,
      after: 890_000_000_000n,
    },
    { account: addressOf('vault'), mint, decimals: 6, before: 0n, after: 10_000_250_000n },
  ];
  const logs = review.programs.flatMap(({ address }) => [
    `Program ${address} invoke [1]`,
    'Program log: Instruction: InitCoordinator',
    'Program 11111111111111111111111111111111 invoke [2]',
    'Program 11111111111111111111111111111111 success',
    `Program ${address} consumed 48211 of 200000 compute units`,
    `Program ${address} success`,
  ]);
  return { kind: 'landed', logs: isFailed ? LOGS : logs, balances, tokens: isFailed ? [] : tokens };
}

function rowOf({
  outcome,
  failure: _failure,
  timeline: _timeline,
  review: _review,
  planId: _planId,
  wireBase64: _wire,
  slots: _slots,
  overrides: _overrides,
  flight: _flight,
  ...row
}: TransactionView): TransactionRow {
  return { ...row, ...(outcome && { outcome: outcome.kind === 'failed' ? failedInBrief(outcome) : outcome }) };
}

function failedInBrief({ kind, slot }: Extract<Outcome, { kind: 'failed' }>) {
  return { kind, slot };
}
