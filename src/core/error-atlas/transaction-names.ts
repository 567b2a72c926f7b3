import { type CodeWords, one, several } from './atlas-entry.ts';

/** Refusals of a transaction as a whole, by name. Source: Agave, `TransactionError`. */
export const TRANSACTION_NAMES: Readonly<Record<string, CodeWords>> = {
  AccountInUse: one(
    'An account of the transaction was being changed by another one at the same moment',
    'Whether clients of the run send many transactions right now',
    'Send the identical bytes once more; nothing was charged',
  ),
  AccountLoadedTwice: one(
    'The message lists one address twice among its accounts',
    'The account list of the decoded message',
    'Discard it: every honest builder lists an account once',
  ),
  AccountNotFound: one(
    'The fee payer does not exist on this network: it never received any SOL here',
    'The payer on the signers screen, with the network badge in view',
    'Send SOL to the payer on this network; practice and test networks have a faucet',
    { help: 'signers' },
  ),
  ProgramAccountNotFound: one(
    'A program the transaction calls is not deployed on this network',
    'The program addresses in the review against those of the network’s settings',
    'Switch to the network the programs live on, or enter the addresses of this deployment',
    { help: 'networks' },
  ),
  InsufficientFundsForFee: one(
    'The fee payer has less SOL than the network fee, which is charged before anything runs',
    'Payer balance against “Network fee” in the review; priority fees come on top of 5,000 lamports a signature',
    'Fund the fee payer, or let another signer pay',
    { help: 'signers' },
  ),
  InvalidAccountForFee: one(
    'The fee payer is an account with data or of a program, which cannot pay fees',
    'The payer in the inspector: owner 111…1 and 0 bytes; a nonce account may pay only for its own nonce',
    'Pay the fee from an ordinary wallet',
    { help: 'signers' },
  ),
  AlreadyProcessed: one(
    'This very transaction has landed already',
    'Its signature among the transactions: the result stands there',
    'Do not send it again; look at the result it had',
  ),
  BlockhashNotFound: several(
    'The blockhash of the transaction is too old, unknown to this node, or a nonce that has moved on',
    'See whether the transaction begins with an advance of a nonce, and how long signing took',
    [
      {
        when: 'More than about 150 blocks, a minute, passed between building and landing',
        check: '“Can land” in the review, and the time between reviewed and sent in the timeline',
        remedy: 'Make a new review and sign without a break; use a nonce when a device or several people sign',
      },
      {
        when: 'The nonce in the transaction is no longer the stored one: a transaction with the same nonce landed first',
        check: 'The stored value of the nonce account, and its latest transaction',
        remedy: 'Give up these bytes, they can never land; build with the present nonce',
      },
      {
        when: 'The node that was asked lags behind the one the blockhash came from, or is on another network',
        check: 'Slot and age in the top bar, and the genesis hash of the endpoint in the network test',
        remedy: 'Send the same bytes through the endpoint they were built with',
        help: 'networks',
      },
    ],
  ),
  InstructionError: one(
    'An instruction failed and the cluster kept only this general name',
    'Which instruction, by its number, and the last “failed:” line of the log',
    'Search the atlas for the code in the log, together with the program that failed',
  ),
  CallChainTooDeep: one(
    'Programs called each other more than the runtime allows in the load phase of old clusters',
    'The software version of the cluster in the network test',
    'Use a cluster with current software',
    { help: 'networks' },
  ),
  MissingSignatureForFee: one(
    'The fee payer is listed without having to sign',
    'The first account of the message: it must be a signer that is writable',
    'Rebuild with the payer in first place',
  ),
  InvalidAccountIndex: one(
    'An instruction points past the end of the account list',
    'The index bytes of the decoded message; the app refuses to sign such a message',
    'Throw the message away; whatever made it cut its account list',
  ),
  SignatureFailure: one(
    'A signature does not match the message: other bytes were signed, or another key',
    'Message hash on the signing machine against the one in the review',
    'Import the signature for exactly this message, or sign again',
  ),
  InvalidProgramForExecution: one(
    'An instruction calls an account that is no executable program',
    'The program account in the inspector: “executable” has to be true',
    'Replace it by the program’s address; a closed program leaves such an account behind',
  ),
  SanitizeFailure: one(
    'The transaction is put together wrongly: counts, indices or header do not agree',
    'Whether it was changed by hand or by another tool after signing',
    'Start over from the form; never edit signed bytes',
  ),
  ClusterMaintenance: one(
    'The cluster is being maintained and takes no transactions',
    'The status page of the network',
    'Wait until the maintenance is over; the transaction was not charged',
  ),
  AccountBorrowOutstanding: one(
    'The runtime found an account still in use after the transaction had run',
    'Whether the same transaction passes in a simulation',
    'Report it to the endpoint’s operator: this is a fault of the validator',
  ),
  WouldExceedMaxBlockCostLimit: one(
    'The block was full before this transaction’s turn',
    'How busy the network is: recent priority fees',
    'Let the app send the same bytes again into later blocks, or add a priority fee to a new one',
  ),
  UnsupportedVersion: one(
    'The cluster does not know this version of the message format',
    'The first byte of the message: 0x80 and above mark versioned messages',
    'Build it as a legacy transaction',
  ),
  InvalidWritableAccount: one(
    'The transaction wants to change a program or a system variable',
    'Accounts marked as changing in the review',
    'Mark them read-only; nobody can change a sysvar',
  ),
  WouldExceedMaxAccountCostLimit: one(
    'One account, probably the run’s, was written too often in this block',
    'Number of clients reporting to the run in this second',
    'Repeat in a few seconds, when the clients’ reports are through',
  ),
  WouldExceedAccountDataBlockLimit: one(
    'The block has created as much account data as it may',
    'Whether many large accounts were created in this block',
    'Repeat it: a run’s 119,160 bytes fit into the next one',
  ),
  TooManyAccountLocks: one(
    'The transaction names more accounts than may be locked at once: 64, on some clusters 128',
    'Number of accounts in the review',
    'Split it into transactions with fewer accounts',
  ),
  AddressLookupTableNotFound: one(
    'An address table the transaction refers to does not exist',
    'The table’s address on this network',
    'Write the accounts out in full; the app builds without tables',
  ),
  InvalidAddressLookupTableOwner: one(
    'What is named as an address table belongs to another program',
    'Owner of the table account: AddressLookupTab1e…',
    'Treat the transaction as suspect and ask its author for one without that table',
  ),
  InvalidAddressLookupTableData: one(
    'The address table’s contents do not read as a table',
    'Length of the table account: 56 bytes and 32 for each address',
    'Choose an intact table or none',
  ),
  InvalidAddressLookupTableIndex: one(
    'The transaction points past the end of an address table, or at an entry added in this very slot',
    'Number of entries in the table against the highest index used',
    'Wait one slot after extending a table',
  ),
  InvalidRentPayingAccount: one(
    'An account would drop below its rent-exempt minimum without being emptied',
    'Balances after the transaction in the simulation',
    'Empty the account completely, or leave the minimum in it',
  ),
  WouldExceedMaxVoteCostLimit: one(
    'The block’s share for votes is used up; ordinary transactions never meet this',
    'Whether the transaction calls the vote program',
    'Repeat the vote in the next block',
  ),
  WouldExceedAccountDataTotalLimit: one(
    'All accounts of the cluster together reached the limit of their size',
    'Whether other creations fail on this cluster too',
    'Tell the cluster’s operators; only closing accounts makes room',
  ),
  DuplicateInstruction: one(
    'Two compute-budget instructions set the same limit or price',
    'The compute-budget lines in the review: each kind may stand there once',
    'Remove the second one; a wallet may have added its own to a finished transaction',
  ),
  InsufficientFundsForRent: one(
    'An account would end up between empty and its rent-exempt minimum',
    'account_index in the error value names it; an ordinary wallet needs 890,880 lamports or exactly 0',
    'Add SOL to that account, or spend less from it',
    { help: 'signers' },
  ),
  MaxLoadedAccountsDataSizeExceeded: one(
    'The accounts and programs of the transaction hold more bytes together than it may load',
    'The limit set by a compute-budget instruction, 64 MiB without one',
    'Raise the limit of loaded data or leave it out',
  ),
  InvalidLoadedAccountsDataSizeLimit: one(
    'The limit of loaded data was set to 0',
    'The SetLoadedAccountsDataSizeLimit instruction',
    'Set the limit above 0',
  ),
  ResanitizationNeeded: one(
    'The cluster changed its rules between receiving and running the transaction, at an epoch boundary',
    'Whether an epoch of the network began in that second',
    'Send it again in the new epoch',
  ),
  ProgramExecutionTemporarilyRestricted: one(
    'The cluster has suspended a program the transaction calls',
    'Announcements of the cluster’s operators; account_index in the error names the program',
    'Wait for the restriction to be lifted; another endpoint will not help',
  ),
  UnbalancedTransaction: one(
    'SOL before and after the transaction did not add up',
    'Whether other transactions of this program pass',
    'Report it to the cluster: a correct runtime cannot reach this',
  ),
  ProgramCacheHitMaxLimit: one(
    'The validator’s store of compiled programs was full for this block',
    'Whether a retry in another block passes',
    'Try once more after a second',
  ),
  CommitCancelled: one(
    'The block the transaction ran in was abandoned before it was complete',
    'Whether the signature turns up in a later block',
    'Wait for the app to find it or to see it expire',
  ),
};
