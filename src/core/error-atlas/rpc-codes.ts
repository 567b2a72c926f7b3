import { named, type NamedWords, one, several } from './atlas-entry.ts';

/** JSON-RPC codes of a Solana node. Source: Agave, `rpc-client-api/src/custom_error.rs`; JSON-RPC 2.0. */
export const RPC_CODES: Readonly<Record<number, NamedWords>> = {
  [-32001]: named(
    'BlockCleanedUp',
    'Block cleaned up, does not exist on node',
    one(
      'The node has thrown away the block that was asked for',
      'First available slot of the node against the block’s slot',
      'Ask an endpoint with long history for old transactions',
      { help: 'networks' },
    ),
  ),
  [-32002]: named(
    'SendTransactionPreflightFailure',
    'Transaction simulation failed',
    one(
      'The node tried the transaction before passing it on, it failed, and nothing was sent',
      'The error value and logs that came with it: the program’s own code is in there',
      'Go by the code inside; no fee was paid for this attempt',
    ),
  ),
  [-32003]: named(
    'TransactionSignatureVerificationFailure',
    'Transaction signature verification failure',
    one(
      'The node checked the signatures and one of them is not for these bytes',
      'Each signature slot: signed by the right key, for the message hash in the review',
      'Sign once more on the machine whose signature is wrong',
    ),
  ),
  [-32004]: named(
    'BlockNotAvailable',
    'Block not available for slot',
    one(
      'The block of this slot has not reached the node yet, or never will',
      'Whether the slot is newer than the node’s own',
      'Ask again after some seconds',
    ),
  ),
  [-32005]: named(
    'NodeUnhealthy',
    'Node is unhealthy',
    one(
      'The node is too many slots behind the rest of its cluster and says so',
      'numSlotsBehind in the answer, and the age of the slot in the top bar',
      'Wait for it to catch up, or switch to another endpoint before sending anything',
      { help: 'networks' },
    ),
  ),
  [-32006]: named(
    'TransactionPrecompileVerificationFailure',
    'Transaction precompile verification failure',
    one(
      'A signature-checking instruction inside the transaction did not hold',
      'Instructions of the ed25519 and secp256k1 programs; a run’s transactions have none',
      'Make that inner signature anew',
    ),
  ),
  [-32007]: named(
    'SlotSkipped',
    'Slot was skipped, or missing due to ledger jump to recent snapshot',
    one(
      'No block was made in this slot, or the node started from a snapshot after it',
      'The slots around it: they exist when only one leader was absent',
      'Read the next slot instead',
    ),
  ),
  [-32008]: named(
    'NoSnapshot',
    'No snapshot',
    one(
      'The node has no snapshot to tell of',
      'Whether it was started moments ago',
      'Nothing in this app needs it; ask a node that makes snapshots',
    ),
  ),
  [-32009]: named(
    'LongTermStorageSlotSkipped',
    'Slot was skipped, or missing in long-term storage',
    one(
      'The slot is absent from the node’s long-term archive too',
      'An explorer with an archive of its own',
      'Take it that the slot has no block',
    ),
  ),
  [-32010]: named(
    'KeyExcludedFromSecondaryIndex',
    'Excluded from account secondary indexes',
    one(
      'The node leaves this program out of its index, so it does not list its accounts',
      'Whether “Open by id” works while the list of runs fails: single accounts need no index',
      'Open runs by their id, or use an endpoint that lists accounts of the coordinator',
      { help: 'networks' },
    ),
  ),
  [-32011]: named(
    'TransactionHistoryNotAvailable',
    'Transaction history is not available from this node',
    one(
      'The node was started without transaction history',
      'Whether any finished transaction can be read from it',
      'Choose an endpoint with history to see results of earlier transactions',
      { help: 'networks' },
    ),
  ),
  [-32012]: named(
    'ScanError',
    'Scan aborted',
    one(
      'The node gave up going through the accounts of a program: too many, or it took too long',
      'Which program was listed and with which filters',
      'List with fewer results, at another time or at another endpoint',
    ),
  ),
  [-32013]: named(
    'TransactionSignatureLenMismatch',
    'Transaction signature length mismatch',
    one(
      'The transaction carries another number of signatures than its header announces',
      'First byte of the wire bytes against the first byte of the message',
      'Import every signature before sending',
    ),
  ),
  [-32014]: named(
    'BlockStatusNotAvailableYet',
    'Block status not yet available for slot',
    one(
      'The node cannot tell yet whether this slot will have a block',
      'Commitment of the question: “confirmed” needs a second or two',
      'Repeat the question shortly; the app does so by itself',
    ),
  ),
  [-32015]: named(
    'UnsupportedTransactionVersion',
    'Transaction version is not supported by the requesting client',
    one(
      'A transaction of a newer format was asked for without saying that it would be understood',
      'maxSupportedTransactionVersion of the question',
      'Update the app if this appears for your own transactions',
    ),
  ),
  [-32016]: named(
    'MinContextSlotNotReached',
    'Minimum context slot has not been reached',
    one(
      'The node has not come as far as a slot this app has already seen; behind one URL there are often several nodes',
      'contextSlot in the answer against the slot in the top bar',
      'Wait a moment: the app asks again rather than show you an older state',
    ),
  ),
  [-32017]: named(
    'EpochRewardsPeriodActive',
    'Epoch rewards period still active at slot',
    one(
      'The cluster is paying out staking rewards of its own epoch and answers no questions about them',
      'Whether a Solana epoch began within the last minutes; a run’s epochs are something else',
      'Ask for staking rewards later; runs are not affected',
    ),
  ),
  [-32018]: named(
    'SlotNotEpochBoundary',
    'Rewards cannot be found because slot is not the epoch boundary',
    one(
      'Staking rewards were asked for in a slot that does not begin an epoch',
      'The slot in the question',
      'Ask with the first slot of the epoch',
    ),
  ),
  [-32019]: named(
    'LongTermStorageUnreachable',
    'Failed to query long-term storage',
    one(
      'The node’s archive does not answer, though the node does',
      'Whether recent transactions can still be read',
      'Try old transactions again later',
    ),
  ),
  [-32020]: named(
    'FilterTransactionNotFound',
    'Transaction for the given filter was not found',
    one(
      'The signature given as a starting point of a history is unknown to the node',
      'The “before” or “until” signature on this network',
      'Read the history from its newest end',
    ),
  ),
  [-32021]: named(
    'NoSlotHistory',
    'No slot history',
    one(
      'The node keeps no record of which slots had blocks',
      'Whether it is a fresh or a minimal node',
      'Put the question to a full node',
      { help: 'networks' },
    ),
  ),
  [-32600]: named(
    'InvalidRequest',
    'Invalid request',
    one(
      'The endpoint takes the request for no JSON-RPC request at all',
      'Whether the URL is the RPC address and not a dashboard or WebSocket',
      'Copy the HTTP address of the endpoint from the provider again',
      { help: 'networks' },
    ),
  ),
  [-32601]: named(
    'MethodNotFound',
    'Method not found',
    several(
      'The endpoint does not offer the method that was asked for',
      'See which method it was: listing is often switched off, reading and sending never are',
      [
        {
          when: 'The provider has switched off getProgramAccounts, as public endpoints do',
          check: 'The method in the message, and the network test’s line about listing',
          remedy: 'Open a run by its id, which works without listing',
          help: 'networks',
        },
        {
          when: 'The URL leads to a node of another blockchain or another service',
          check: 'Whether getGenesisHash works in the network test',
          remedy: 'Set the URL of a Solana endpoint',
          help: 'networks',
        },
      ],
    ),
  ),
  [-32602]: named(
    'InvalidParams',
    'Invalid params',
    several(
      'The node does not accept the parameters of a request',
      'Read the message: it names the parameter; for a transaction that is too long it names both lengths',
      [
        {
          when: 'The transaction is longer than 1,232 bytes',
          check: 'The byte meter of the review',
          remedy: 'Let the plan be split into more transactions',
        },
        {
          when: 'The node’s software is older than an option that was used',
          check: 'The node’s version in the network test',
          remedy: 'Use a node with current software',
          help: 'networks',
        },
      ],
    ),
  ),
  [-32603]: named(
    'InternalError',
    'Internal error',
    one(
      'Something failed inside the node',
      'Whether the same question is answered by another endpoint',
      'Repeat it later; a transaction in flight is still watched',
    ),
  ),
  [-32700]: named(
    'ParseError',
    'Parse error',
    one(
      'What reached the node was not whole JSON; something on the way changed it',
      'Proxies and gateways between this machine and the endpoint',
      'Go around the proxy or exempt the endpoint from it',
    ),
  ),
};
