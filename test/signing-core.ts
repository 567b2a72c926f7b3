/**
 * The files whose every branch a test must take: codec, gate, summary, approval, signer, journal and sender. Read by
 * `vitest.config.ts`.
 */
export const SIGNING_CORE = [
  'src/core/codec/*.ts',
  'src/core/solana/*.ts',
  'src/core/transactions/instructions/*.ts',
  ...[
    'approval',
    'build',
    'expiry',
    'fees',
    'lifetime',
    'outflows',
    'read-handed',
    'review',
    'review-request',
    'same-but-blockhash',
    'states',
    'summarize',
    'transaction-flags',
  ].map((name) => `src/core/transactions/${name}.ts`),
  'src/core/units/equal-bytes.ts',
  'src/signer/*.ts',
  ...['annotation', 'entry', 'fold-entries', 'journal-export', 'record-chain', 'wire-signatures'].map(
    (name) => `src/core/journal/${name}.ts`,
  ),
  'src/main/adapters/journal/*.ts',
  ...[
    'approvals',
    'bytes-reviews',
    'handed',
    'journal-book',
    'kept-review',
    'review-parts',
    'reviews',
    'sending',
    'sending-facts',
    'sending-search',
    'signature-hints',
  ].map((name) => `src/main/services/${name}.ts`),
];
