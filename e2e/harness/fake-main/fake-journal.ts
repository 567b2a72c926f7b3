import { missingSigners } from '#core/journal/wire-signatures.ts';
import { createNonces } from '#main/services/nonces.ts';
import { createHanded } from '#main/services/handed.ts';
import { createJournalBook } from '#main/services/journal-book.ts';
import { createTransactions } from '#main/services/transactions.ts';
import type { StoredNonces } from '#main/services/stored-nonces.ts';
import type { ChainReader, LandedTransaction } from '#core/ports.ts';
import type { Flight } from '#core/transactions/journal-view.ts';
import { readLifetime } from '#core/solana/nonce.ts';
import { decodeTransaction } from '#core/solana/transaction.ts';
import { summarize } from '#core/transactions/summarize.ts';
import { addressOf, GENESIS, PARTNER } from './sample-addresses.ts';
import { paymentWithPartner } from './sample-handed.ts';
import { entryOf, SAMPLE_LOGS, sampleHistory, sampleOutcome, type SampleTransaction } from './sample-history.ts';
import { SOMEBODYS_NONCE } from './sample-nonces.ts';
import { reviewBytesOnSample } from './sample-review.ts';
import { SAMPLE_LABELS, SAMPLE_SIGNERS } from './sample-signers.ts';
import type { Scenario } from './scenario.ts';

/** Past transactions that were sent and not seen again. */
const DOUBTFUL = ['past-4', 'spent'];

export type FakeJournal = Awaited<ReturnType<typeof createFakeJournal>>;

/**
 * The app's own journal, kept in memory, with the services that read it. What was sent ends by itself a moment later, the way
 * the scenario says.
 */
export async function createFakeJournal(
  scenario: Scenario,
  chain: ChainReader,
  tell: (channel: string, payload: unknown) => void,
) {
  const clock = { time: undefined as number | undefined };
  const memory = {
    takePayloads: () => [],
    brokenAt: undefined,
    append: () => Promise.resolve(),
    readRecords: () => Promise.resolve([]),
  };
  const now = () => clock.time ?? Date.now();
  let isTelling = false;
  const book = createJournalBook(memory, { now, monotonic: now }, (id) => {
    if (isTelling) tell('transactions.changed', { id });
  });
  const doubtful = new Set<string>(DOUBTFUL);
  const sends = new Map<string, number>();
  let reviews = 0;
  const own = () => SAMPLE_SIGNERS.flatMap(({ address, source }) => (source.kind === 'keyfile' ? [address] : []));
  const signers = { own, labels: () => SAMPLE_LABELS };

  async function remember(): Promise<void> {
    for (const { ago, ending, words, isExported, ...transaction } of await sampleHistory(chain)) {
      const at = Date.now() - ago;
      const { id, wire } = transaction;
      clock.time = at + 40;
      await book.writeSigned(entryOf(transaction, at));
      clock.time = at + 9 * 60_000;
      if (isExported) await book.writeExported(id);
      clock.time = at + 60;
      if (missingSigners(wire).length === 0) await book.writeSent(id);
      clock.time = at + 400;
      if (ending) await book.writeEnded(id, sampleOutcome(ending, book.find(id).signed.signature));
      if (words) await book.writeNote(id, words);
    }
    clock.time = undefined;
  }

  /** Complete, it is on its way, and ends the way the scenario says. */
  async function nudge(id: string): Promise<void> {
    const { signed, sentAt, end } = book.find(id);
    if (end || missingSigners(signed.wire).length > 0) return;
    sends.set(id, (sends.get(id) ?? 0) + 1);
    tell('transactions.changed', { id });
    if (sentAt !== undefined) return;
    await book.writeSent(id);
    setTimeout(() => void finish(id), scenario.endsAfterMs);
  }

  async function finish(id: string): Promise<void> {
    const { ending } = scenario;
    if (ending === 'pending') return;
    if (ending === 'unknown') doubtful.add(id);
    else await book.writeEnded(id, sampleOutcome(ending, book.find(id).signed.signature));
    tell('transactions.changed', { id });
  }

  function flightOf(id: string): Flight | undefined {
    const { signed, end } = book.find(id);
    if (end) return undefined;
    const isDoubtful = doubtful.has(id);
    const { lastValidBlockHeight } = signed;
    const isNonce = readLifetime(decodeTransaction(signed.wire).message).kind === 'nonce';
    const isComplete = missingSigners(signed.wire).length === 0;
    return {
      isConnected: true,
      lookedAt: Date.now() - 1_000,
      ...(lastValidBlockHeight === undefined ? {} : { lastValidBlockHeight }),
      ...(isNonce ? { isNonceCurrent: !isDoubtful } : { finalizedHeight: isDoubtful ? 4_361n : 4_212n }),
      sends: isComplete ? (isDoubtful ? 31 : 3) + (sends.get(id) ?? 0) : 0,
    };
  }

  if (scenario.state !== 'empty') await remember();
  isTelling = true;

  let stored: StoredNonces = {
    remembered: scenario.state === 'empty' ? [] : [{ genesisHash: GENESIS, address: SOMEBODYS_NONCE }],
  };
  const nonces = createNonces({
    connections: { current: () => ({ node: chain, genesisHash: GENESIS }) },
    signers,
    book,
    store: {
      read: () => stored,
      async update(change) {
        stored = change(stored);
      },
    },
    heldByReviews: () => [],
  });
  const landed = (signature: string) =>
    landedOf(book.all().find(({ signed }) => signed.signature === signature)?.signed.id);

  /** What the cluster says of one that landed: a fee, rent and tokens into a vault. */
  function landedOf(id: string | undefined): LandedTransaction | undefined {
    if (id === undefined) return undefined;
    const { signed, end } = book.find(id);
    const { programs } = summarize(decodeTransaction(signed.wire).messageBytes, { own: own(), labels: {} });
    return landedFacts(
      end?.outcome.kind === 'failed',
      signed.feePayer,
      signed.feeLamports,
      programs.map(({ address }) => address),
    );
  }

  return {
    nonces,
    transactions: createTransactions({
      book,
      sending: { isDoubtful: (id) => doubtful.has(id), flightOf },
      signers,
      nodeOf: (genesisHash) =>
        scenario.network === 'practice' && genesisHash === GENESIS
          ? { readLanded: async (signature) => landed(signature) }
          : undefined,
    }),
    handed: createHanded({
      book,
      bytesReviews: {
        review: async ({ message, given, journaled }) => ({
          shown: reviewBytesOnSample(
            message,
            {
              given,
              title: journaled?.title,
              reviewId: `bytes ${journaled?.id ?? ''} ${(reviews += 1)}`,
              origin: journaled ? 'journal' : 'import',
            },
            scenario,
          ),
        }),
      },
      sending: { nudge: (id) => void nudge(id) },
      dialogs: { chooseFile: async () => '/home/operator/from-partner.txt' },
      files: { read: async () => paymentWithPartner([PARTNER]) },
    }),

    /** Writes a signed transaction down and, complete, sends it. */
    async send(transaction: SampleTransaction): Promise<void> {
      await book.writeSigned(entryOf(transaction, Date.now()));
      await nudge(transaction.id);
    },

    async addSignatures(id: string, copy: Uint8Array): Promise<void> {
      await book.writeSignatures(id, copy);
      await nudge(id);
    },

    wireOf: (id: string) => book.find(id).signed.wire,

    /** How many transactions of a plan took effect. */
    confirmed: (planId: string) =>
      book.all().filter(({ signed, end }) => signed.planId === planId && end?.outcome.kind === 'confirmed').length,
  };
}

function landedFacts(isFailed: boolean, feePayer: string, feeLamports: bigint, programs: readonly string[]) {
  const before = 12_500_000_000n;
  const rent = isFailed ? 0n : 830_243_520n;
  const owner = addressOf('demo');
  const fresh = { address: addressOf('fresh account'), before: 0n, after: rent };
  const paid = {
    address: feePayer === owner ? owner : addressOf('partner'),
    before,
    after: before - feeLamports - rent,
  };
  const mint = addressOf('mint');
  const tokens = [
    { account: addressOf('own tokens'), owner, mint, decimals: 6, before: 900_000_250_000n, after: 890_000_000_000n },
    { account: addressOf('vault'), owner: undefined, mint, decimals: 6, before: 0n, after: 10_000_250_000n },
  ];
  const logs = programs.flatMap((address) => [
    `Program ${address} invoke [1]`,
    'Program log: Instruction: InitCoordinator',
    'Program 11111111111111111111111111111111 invoke [2]',
    'Program 11111111111111111111111111111111 success',
    `Program ${address} consumed 48211 of 200000 compute units`,
    `Program ${address} success`,
  ]);
  return {
    logs: isFailed ? SAMPLE_LOGS : logs,
    balances: isFailed ? [paid] : [paid, fresh],
    tokens: isFailed ? [] : tokens,
  };
}
