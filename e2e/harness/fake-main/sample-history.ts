import { base64 } from '@scure/base';
import { PRACTICE_CONFIG_TEXT } from '#core/config/practice-config.ts';
import { signatureOf, signatureSlots } from '#core/journal/wire-signatures.ts';
import { OperationRequest } from '#core/operations/request.ts';
import type { ChainReader } from '#core/ports.ts';
import { decodeTransaction, encodeTransaction } from '#core/solana/transaction.ts';
import type { Outcome } from '#core/transactions/outcome.ts';
import type { ReviewedStep } from '#core/transactions/review-request.ts';
import type { JournalBook } from '#main/services/journal-book.ts';
import { addressOf, DEMO } from './sample-addresses.ts';
import { paymentUnder, paymentWithPartner, sharedPayment } from './sample-handed.ts';
import { signSample } from './sample-keys.ts';
import { reviewBytesOnSample, reviewOnSample } from './sample-review.ts';
import type { Scenario } from './scenario.ts';

export const SAMPLE_LOGS = [
  'Program 4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7 invoke [1]',
  'Program log: Instruction: Update',
  'Program log: AnchorError thrown in programs/solana-coordinator/src/instance_state.rs:412. Error Code: ConfigSanityCheckFailed. Error Number: 6004. Error Message: Config sanity check failed.',
  'Program 4SHugWqSXwKE5fqDchkJcPEqnoZE22VYKtSTVm7axbT7 failed: custom program error: 0x1774',
];

/** How a transaction can end, for good. */
export function sampleOutcome(kind: 'confirmed' | 'failed' | 'expired' | 'nonce-used', signature: string): Outcome {
  switch (kind) {
    case 'confirmed':
      return { kind, slot: 4_260n, signature };
    case 'failed':
      return { kind, slot: 4_261n, error: { InstructionError: [0, { Custom: 6004 }] }, logs: SAMPLE_LOGS };
    case 'expired':
    case 'nonce-used':
      return { kind };
  }
}

/** A transaction as it was reviewed, with its signatures. */
export type SampleTransaction = {
  readonly id: string;
  readonly planId: string;
  readonly step: ReviewedStep;
  readonly wire: Uint8Array;
  readonly runId?: string;
  readonly subject: string;
  readonly overrides?: readonly string[];
};

type Past = SampleTransaction & {
  /** How long ago, milliseconds. */
  readonly ago: number;
  readonly isExported?: boolean;
  /** Absent: it may still land. */
  readonly ending?: 'confirmed' | 'failed' | 'expired' | 'nonce-used';
  readonly words?: { readonly label: string; readonly note: string };
};

const HOUR = 3_600_000;
const OLD_VALUE = addressOf('an older value');
const OLDER_VALUE = addressOf('a value from before');

/** What the journal of the sample holds, oldest first. `past-4` may still land and is doubtful; so is `spent`. */
export async function sampleHistory(chain: ChainReader): Promise<readonly Past[]> {
  const world = { chain, scenario: PRACTICE_WORLD };
  const steps = await Promise.all(
    [0, 1].map((step) => reviewOnSample({ request: CREATE, step, planId: 'past', reviewId: 'past' }, world)),
  );
  const created = ENDINGS.flatMap(({ ending, words, overrides = [] }, index): Past[] => {
    const step = steps[index % 2];
    if (!step) return [];
    const wire = signAll(step);
    const about = { planId: 'past', runId: 'atlas-1b-run-07', subject: `run ${index}`, overrides };
    const id = `past-${index}`;
    return [{ ...about, id, step, wire, ago: HOUR * (index + 1), ...(ending && { ending }), ...(words && { words }) }];
  });
  const handed: Past[] = [
    {
      ...fromBytes('reserved', sharedPayment()),
      ago: 40 * 60_000,
    },
    { ...fromBytes('spent', paymentUnder(OLD_VALUE, 3_000)), ago: 50 * 60_000 },
    { ...fromBytes('with-partner', paymentWithPartner([DEMO])), ago: 26 * HOUR, isExported: true },
    {
      ...fromBytes('nonce-used', paymentUnder(OLDER_VALUE, 5_000), 'Pay the shared costs'),
      ago: 49 * HOUR,
      ending: 'nonce-used',
    },
    {
      ...fromBytes('nonce-failed', paymentUnder(OLDER_VALUE, 6_000), 'Pay the shared costs again'),
      ago: 48 * HOUR,
      ending: 'failed',
    },
  ];
  return [...created, ...handed].toSorted((one, other) => other.ago - one.ago);
}

const PRACTICE_WORLD: Scenario = {
  state: 'full',
  only: [],
  door: 'practice',
  theme: 'light',
  network: 'practice',
  endpoints: 'one',
  programs: 'unchanged',
  ending: 'confirmed',
  asksPhrase: false,
  endsAfterMs: 0,
  accounts: { training: '', full: '' },
};

const CREATE = OperationRequest.parse({
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

const ENDINGS: readonly Pick<Past, 'ending' | 'words' | 'overrides'>[] = [
  {},
  {
    ending: 'confirmed',
    words: { label: 'Invoice 2026-117', note: 'Asked for by Ines on Monday.\nBooked under compute, Q4.' },
  },
  {
    ending: 'failed',
    words: { label: 'retried as 2026-118', note: '' },
    overrides: ['Warmup: its time is longer than an epoch'],
  },
  { ending: 'expired' },
  { words: { label: '', note: 'שלום: 280 ₪, see the mail' } },
  { ending: 'confirmed' },
];

/** Every signature of a step, as its keys would make them. */
function signAll({ review }: ReviewedStep): Uint8Array {
  const message = base64.decode(review.messageBase64);
  return encodeTransaction(
    review.signers.map(({ address }) => signSample(address, message)),
    message,
  );
}

function fromBytes(id: string, text: string, title?: string): SampleTransaction {
  const wire = base64.decode(text);
  const given = signatureSlots(wire).map(({ signature }) => signature);
  const { messageBytes } = decodeTransaction(wire);
  const step = reviewBytesOnSample(messageBytes, { given, title, reviewId: id, origin: 'journal' }, PRACTICE_WORLD);
  return { id, planId: '', step, wire, subject: id };
}

/** What the journal keeps of a transaction. */
export function entryOf(
  { id, planId, step, wire, runId, subject, overrides = [] }: SampleTransaction,
  at: number,
): Parameters<JournalBook['writeSigned']>[0] {
  const { review, network, lastValidBlockHeight } = step;
  return {
    id,
    planId,
    title: step.title,
    ...(runId === undefined ? {} : { runId }),
    subject,
    genesisHash: network.genesisHash,
    networkName: network.name,
    wire,
    signature: signatureOf(wire),
    messageHash: review.messageHash,
    feePayer: review.feePayer,
    feeLamports: BigInt(review.fee.totalLamports),
    ...(lastValidBlockHeight === undefined ? {} : { lastValidBlockHeight }),
    reviewedAt: at - 4_000,
    approvedAt: at,
    overrides: [...overrides],
  };
}
