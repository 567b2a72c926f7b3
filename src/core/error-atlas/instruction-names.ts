import { type CodeWords, one, several } from './atlas-entry.ts';

/** The program stopped without a code. Source: PROTOCOL §4, §7, §8 and peers-and-pains H9. */
const PANIC: CodeWords = several(
  'The program broke off in the middle, without a code of its own',
  'Read the lines before “failed:”: a panic names its reason there. An account of another length breaks off without one',
  [
    {
      when: 'A model with cold_start_warmup_steps above 0 was sent before any configuration; the program divides by max_round_train_time, which is still 0',
      check: 'The log line “attempt to divide by zero”, and whether the run has a configuration yet',
      remedy: 'Send configuration and model in one update, or the configuration first',
      from: ['update'],
      log: /divide by zero/,
      help: 'update-configuration',
    },
    {
      when: 'The run id is above 32 bytes, so no address can be derived from it',
      check: 'The log line “Unable to find a viable program address bump seed”',
      remedy: 'Take a run id of 32 bytes or less',
      log: /Unable to find a viable program address/,
      help: 'create-run',
    },
    {
      when: 'The wallet has claimed more points than the run now credits it with, as after the run’s account was replaced',
      check: 'The log line “attempt to subtract with overflow”; earned against claimed points of the wallet',
      remedy: 'Claim again once the wallet has earned more than it has claimed',
      from: ['participant_claim'],
      log: /subtract with overflow/,
      help: 'run',
    },
    {
      when: 'A health check named a verifier or a tie breaker, which the program has not implemented',
      check: 'committee in the decoded instruction, and config.verification_percent above 0',
      remedy: 'Set verification_percent to 0; then every client of the committee is a trainer',
      from: ['health_check'],
      log: /not (yet )?implemented/,
      help: 'update-configuration',
    },
    {
      when: 'The program used up its compute units',
      check: 'The log line “exceeded CUs meter”, and “consumed X of Y compute units”',
      remedy: 'Set a compute-unit limit of up to 1,400,000 in the transaction',
      log: /exceeded CUs|Computational budget exceeded/,
    },
    {
      when: 'The program ran out of its 32 KiB of working memory',
      check: 'The log line “memory allocation failed, out of memory”',
      remedy: 'Request a larger heap with a compute-budget instruction, or send less in one instruction',
      log: /out of memory/,
    },
    {
      when: 'The new client version is longer than 96 bytes; creation cuts such a text, this instruction breaks off',
      check: 'new_version or params.client_version, counted in bytes',
      remedy: 'Shorten the client version; an image digest alone is 71 bytes',
      from: ['update_client_version'],
      holds: (args) => {
        const version = args.text('new_version') ?? args.text('params.client_version');
        return version === undefined ? undefined : new TextEncoder().encode(version).length > 96;
      },
      help: 'update-configuration',
    },
    {
      when: 'The run’s account is shorter than 119,160 bytes: an older program made it',
      check: 'The length of the account in the inspector; 119,072 bytes is the layout without a version',
      remedy: 'Leave the old run alone, it can only be labelled and not changed or closed; create a new one',
      help: 'create-run',
    },
  ],
);

/** Refusals of an instruction by name, without a program’s code. Source: Agave, `InstructionError`. */
export const INSTRUCTION_NAMES: Readonly<Record<string, CodeWords>> = {
  GenericError: one(
    'A program reported a failure without saying which',
    'The log of the call that failed',
    'Ask the program’s authors what its last log line means',
  ),
  InvalidArgument: one(
    'A built-in program was given a value it does not take',
    'The decoded fields of the failing instruction; for a nonce: is it initialised already?',
    'Correct that value and review anew',
  ),
  InvalidInstructionData: one(
    'The data of the instruction is no instruction of that program',
    'The first bytes of the data: 4 for the system program, 1 for tokens',
    'Use a builder made for that program’s version',
  ),
  InvalidAccountData: several(
    'The contents of an account do not fit what a built-in or token program expects of it',
    'Open the accounts of the failing instruction in the inspector, one by one',
    [
      {
        when: 'A token account of the transfer does not exist or is not initialised',
        check: 'Both token accounts of the transfer: 165 bytes each, owned by the Token program',
        remedy: 'Create the missing token account before the transfer; a top-up needs one at the funder',
        from: ['transfer', 'transfer_checked'],
        help: 'top-up',
      },
      {
        when: 'The account given as a nonce account is none, or was never initialised',
        check: 'The nonce account: 80 bytes, state “initialized”',
        remedy: 'Initialise the nonce account first, or take another one',
        from: ['advance_nonce_account', 'withdraw_nonce_account', 'authorize_nonce_account'],
      },
      {
        when: 'Token-2022 data was handed to the classic program, or the reverse',
        check: 'Owner and length of the mint and the token accounts',
        remedy: 'Keep all accounts of one instruction within one token program',
      },
    ],
  ),
  AccountDataTooSmall: one(
    'An account has too few bytes for what is to be stored in it',
    'Length of the account against the size its kind needs',
    'Make it anew with enough space',
  ),
  InsufficientFunds: one(
    'A built-in program found too little SOL in an account, for instance when withdrawing from a nonce',
    'Its balance minus the rent-exempt minimum: only that much, or everything, can leave',
    'Withdraw less or the whole balance',
  ),
  IncorrectProgramId: one(
    'An account does not belong to the program that was asked to change it, most often a token account of the other token program',
    'Owner of the first accounts of the failing instruction',
    'Call the program that owns these accounts',
  ),
  MissingRequiredSignature: one(
    'A built-in program needs a signature that the transaction does not carry',
    'Nonce authority, token owner or source of the transfer among the signers',
    'Add that key as a signer and collect its signature',
    { help: 'signers' },
  ),
  AccountAlreadyInitialized: one(
    'An account was to be initialised and is initialised already',
    'The account in the inspector: if it holds what you wanted, the work is done',
    'Skip the initialisation and go on',
  ),
  UninitializedAccount: one(
    'An account is needed in use and holds nothing yet',
    'Which of the accounts has only zeros',
    'Initialise it in an instruction before',
  ),
  UnbalancedInstruction: one(
    'SOL before and after the instruction did not add up',
    'The accounts whose balance the program changed directly',
    'Do not use that program; it tried to make or lose SOL',
  ),
  ModifiedProgramId: one(
    'A program tried to give away an account it does not own or that holds data',
    'Owner before and after in the simulation',
    'Report it to that program’s authors',
  ),
  ExternalAccountLamportSpend: one(
    'A program took SOL from an account that belongs to another program',
    'The account whose balance fell, and its owner',
    'Have the SOL sent by the account’s own program',
  ),
  ExternalAccountDataModified: one(
    'A program wrote into an account that belongs to another program',
    'The owner of the changed account against the failing program',
    'Check the program addresses: a foreign deployment is likely',
    { help: 'networks' },
  ),
  ReadonlyLamportChange: one(
    'The balance of an account marked read-only was to change',
    'The marks of payer, spill and vault in the review',
    'Mark the account whose SOL moves as writable',
  ),
  ReadonlyDataModified: one(
    'The contents of an account marked read-only were to change',
    'The marks of the run’s account and other state in the review',
    'Mark the account that is written as writable',
  ),
  DuplicateAccountIndex: one(
    'An instruction of an old cluster listed one account twice',
    'Account list of the instruction',
    'List it once',
  ),
  ExecutableModified: one(
    'An account’s being executable was to change, which only loaders may do',
    'Whether a loader instruction is in the transaction',
    'Deploy through the loader’s own tool',
  ),
  RentEpochModified: one(
    'A program changed the rent epoch of an account, which only the runtime may',
    'The program that failed: none of Psyche’s does this',
    'Avoid the program until it is repaired',
  ),
  NotEnoughAccountKeys: one(
    'A program without Anchor was given too few accounts',
    'Accounts of the failing instruction: 3 for a token transfer, 6 for an associated account',
    'Complete the list in the order the program documents',
  ),
  AccountDataSizeChanged: one(
    'A program changed the length of an account that is not its own',
    'Lengths before and after in the simulation',
    'Look for a mismatch of program versions',
  ),
  AccountNotExecutable: one(
    'The account called as a program cannot be executed',
    'The program’s account on this network: it may be closed or not deployed',
    'Find the address the program has on this network',
    { help: 'networks' },
  ),
  AccountBorrowFailed: one(
    'A program opened one account twice at a time, as when one is passed in two roles',
    'Whether one address stands in two places of the instruction',
    'Give each role an account of its own',
  ),
  AccountBorrowOutstanding: one(
    'A program kept an account open when it returned',
    'The last program called in the log',
    'Report this with the log to its authors; sending again changes nothing',
  ),
  DuplicateAccountOutOfSync: one(
    'Two views of the same account differed at the end of an instruction',
    'Accounts that are passed more than once',
    'Pass that account a single time',
  ),
  Custom: one(
    'A program failed with a code that did not arrive here',
    'The number after “custom program error:” in the log, which is hexadecimal',
    'Search the atlas for that number and pick the entry of the failing program',
  ),
  InvalidError: one(
    'A program returned a number that is no error code',
    'Its last log line',
    'Only the program’s source can tell what it meant',
  ),
  ExecutableDataModified: one(
    'A program’s code was to be overwritten',
    'Whether a loader instruction stands in the transaction',
    'Upgrade it with the upgrade authority instead',
  ),
  ExecutableLamportChange: one(
    'The balance of a program’s account was to change',
    'Destinations of the transfers in the review',
    'Send the SOL to a wallet, never to a program',
  ),
  ExecutableAccountNotRentExempt: one(
    'A program’s account holds too little SOL',
    'Its balance against the minimum for its length',
    'Have the deployer add SOL to the program',
  ),
  UnsupportedProgramId: one(
    'The cluster knows no loader for this program, or the program was only deployed in this slot',
    'The slot of its deployment in the program’s data account',
    'Wait a slot after a deployment; otherwise check the address',
    { help: 'networks' },
  ),
  CallDepth: one(
    'Programs called each other more than five levels deep',
    'The highest number in brackets after “invoke” in the log',
    'Call the inner program directly',
  ),
  MissingAccount: one(
    'A program called another without passing on an account that one needs',
    'Accounts of the inner call against those of the outer instruction; often the called program itself is missing',
    'Append the missing account to the outer instruction',
  ),
  ReentrancyNotAllowed: one(
    'A program was called back by one it had called',
    'The same program twice in one branch of the log',
    'Split the work over two instructions',
  ),
  MaxSeedLengthExceeded: one(
    'A seed of a program-derived address is above 32 bytes, or there are more than 16',
    'Run id or scope, counted in bytes of UTF-8',
    'Stay within 32 bytes a seed',
  ),
  InvalidSeeds: one(
    'The seeds a program signs with lead to no valid address',
    'The stored bump of the account whose address is derived',
    'Recreate the account through the program; a bump written by others is wrong',
  ),
  InvalidRealloc: one(
    'An account would grow by more than 10,240 bytes, or past 10 MiB',
    'Number of delegates in the authorization and how many are added',
    'Add in portions; an instruction has room for 30 delegates',
    { from: ['authorization_grantee_update'], help: 'authorizations' },
  ),
  ComputationalBudgetExceeded: one(
    'The transaction used more compute units than it asked for',
    '“consumed X of Y compute units” in the log: X has reached Y',
    'Raise the compute-unit limit, or spread the instructions over several transactions',
  ),
  PrivilegeEscalation: one(
    'A program passed an account on as signer or writable without having received it so',
    'The signer and writable marks of that account in the outer instruction',
    'Give the outer instruction the mark the inner one needs',
  ),
  ProgramEnvironmentSetupFailure: one(
    'The cluster could not prepare the program’s surroundings',
    'Whether other calls of the same program pass on this node',
    'Use another endpoint; its operator has to look into it',
    { help: 'networks' },
  ),
  ProgramFailedToComplete: PANIC,
  ProgramFailedToCompile: one(
    'The code of the program cannot be translated on this cluster',
    'Whether its last upgrade is very recent',
    'Wait for the deployer to publish a working build',
  ),
  Immutable: one(
    'The account or program was made unchangeable',
    'Upgrade authority of the program: “none”',
    'Nothing can change it any more; deploy another',
  ),
  IncorrectAuthority: one(
    'Another key has this right: nonce, upgrade or table authority',
    'The authority stored in the account against the signer',
    'Let the stored authority sign',
    { help: 'signers' },
  ),
  BorshIoError: one(
    'A program outside this protocol could not read or write its own data',
    'Length and version of the account it works on',
    'Pass an account of the version it knows',
  ),
  AccountNotRentExempt: one(
    'An account would be left with less than its rent-exempt minimum by this program',
    'Its balance after the instruction in the simulation',
    'Fund it up to the minimum in the same transaction',
  ),
  InvalidAccountOwner: one(
    'An account is not owned by whom a built-in program expects, such as a nonce account by the system program',
    'Owner of each account in the failing instruction',
    'Replace it by one with the right owner',
  ),
  ArithmeticOverflow: one(
    'A sum in a built-in program left the range of its number',
    'Amounts of the instruction in native units',
    'Check the amounts for digits too many',
  ),
  UnsupportedSysvar: one(
    'A program asked for a system variable this cluster does not offer',
    'Software versions of the program and the cluster',
    'Run it on a cluster with the feature switched on',
  ),
  IllegalOwner: one(
    'The associated account’s address is held by an account of another owner',
    'Owner of the token account and its owner field, for wallet and mint of the instruction',
    'Use a token account that belongs to the wallet',
    { from: ['create', 'create_idempotent'] },
  ),
  MaxAccountsDataAllocationsExceeded: one(
    'The transaction creates more account data than one may, 20 MiB',
    'Sum of all spaces created in the review',
    'Create fewer accounts at a time',
  ),
  MaxAccountsExceeded: one(
    'An inner call was given more than 255 accounts',
    'Accounts of the innermost call in the log',
    'Reduce the accounts the outer program passes on',
  ),
  MaxInstructionTraceLengthExceeded: one(
    'The transaction runs more than 64 instructions, inner ones included',
    'Number of “invoke” lines in the log',
    'Send it in parts',
  ),
  BuiltinProgramsMustConsumeComputeUnits: one(
    'A built-in program of the cluster did not count its work',
    'Software version of the node',
    'Tell the cluster’s operators; the transaction itself is sound',
  ),
};
