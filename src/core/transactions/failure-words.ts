import type { ErrorTableName } from '#core/layouts/errors.ts';

/** Why something failed and what to do, in words. */
export type FailureWords = { readonly cause: string; readonly remedy: string };

const LOOK_AGAIN = 'Read the run again and see what changed before you try again';
const NOT_OURS = 'Use the signer that holds this right, and check the account addresses in the review';
const NEWER_PROGRAM = 'The deployed program may be another version than this app knows; check the program addresses';

/** Source of all causes: PROTOCOL §4, §6 and §7. */
const COORDINATOR: Readonly<Record<number, FailureWords>> = {
  6000: words('The run is finished; a finished run cannot be changed', 'Close it, or create a new run'),
  6001: words(
    'The run is active; this can only change while it is halted',
    'Pause it, wait until it is Paused, then try again',
  ),
  6002: words('The run’s account does not have 119,160 bytes', 'Create the run again with a fresh account'),
  6003: words(
    'The run knows 256 wallets already and can never take another',
    'Use a wallet the run knows, or a new run',
  ),
  6004: words(
    'The configuration breaks a rule: its times, client counts or batch sizes, or cold-start steps that do not fit an epoch',
    'Check the configuration here: it names the rule and the values',
  ),
  6005: words(
    'The model breaks a rule (sequence length, data location, checkpoint, optimizer), or the progress step is 0',
    'Check the configuration here: it names the rule and the values',
  ),
  6006: words('The stored progress step is 0', 'Set the progress to a step of at least 1, then start the run'),
  6007: words('The signer is not a client of this run', 'Join the run first with this wallet'),
  6008: words('The signer differs from the wallet in the request', 'Sign with the wallet that joins'),
  6009: words('An active run cannot be closed', 'Pause it, wait until it is Paused, then close it'),
  6010: words('The run is not in a round', LOOK_AGAIN),
  6011: words('The witness proof does not hold', LOOK_AGAIN),
  6012: words('The run is in a state that does not take this', LOOK_AGAIN),
  6013: words('This client was a witness in this round already', 'Nothing to do: the first report counts'),
  6014: words('The health check is wrong: the client is healthy, or it is too early to tell', LOOK_AGAIN),
  6015: words(
    'The run is halted already, or has no steps left',
    'Nothing to pause. To go on, set a progress step below the total',
  ),
  6016: words('The checkpoint is not accepted', LOOK_AGAIN),
  6017: words('This round has all the witnesses it can store', 'Nothing to do'),
  6018: words(
    'The run is active, or a pause is pending; a pending pause cannot be taken back',
    'Wait until the run is Paused, then start it',
  ),
  6019: words('The withdrawal is not accepted', LOOK_AGAIN),
  6020: words('The committee cannot be chosen; verification_percent may be over 100', 'Set verification_percent to 0'),
  6021: words('The committee proof does not hold', LOOK_AGAIN),
  6022: words(
    'The run has as many clients as batches, or no configuration yet',
    'Raise global_batch_size_end, or configure the run first',
  ),
  6023: words('The run id is longer than 32 bytes', 'Shorten the run id'),
};

const TREASURER: Readonly<Record<number, FailureWords>> = {
  6000: words(
    'More points are claimed than were earned and not yet claimed',
    'Read the rewards again and claim at most that',
  ),
  6001: words('The run id is longer than 32 bytes', 'Shorten the run id'),
};

const AUTHORIZER: Readonly<Record<number, FailureWords>> = {
  6000: words('The authorization is still switched on', 'Switch it off, then close it'),
  6001: words(
    'The authorization has delegates and was changed less than 30 days ago',
    'Let its grantee remove the delegates, or wait 30 days after the last change',
  ),
};

const ANCHOR: Readonly<Record<number, FailureWords>> = {
  101: words('The program does not know this instruction', NEWER_PROGRAM),
  102: words('The program cannot read the arguments', NEWER_PROGRAM),
  2000: words('An account must be writable and is not', NEWER_PROGRAM),
  2003: words('An account is not the expected one: wrong authority, wrong account or wrong version', NOT_OURS),
  2004: words('An account belongs to another program than expected', NOT_OURS),
  2006: words('An address does not follow from the values it is derived from', NOT_OURS),
  2009: words('It is not the token account its owner has for this mint', NOT_OURS),
  2011: words('The SOL of a closed account would go to that account itself', 'Name another account to receive it'),
  2015: words('The token account belongs to somebody else', NOT_OURS),
  3000: words('The account is in use already', 'Create the run with a fresh account'),
  3002: words('The account is of another kind', NOT_OURS),
  3005: words('Accounts are missing', NEWER_PROGRAM),
  3007: words('The account belongs to another program', NOT_OURS),
  3008: words('A program address is wrong', 'Check the program addresses of this network'),
  3010: words('A signature is missing', NOT_OURS),
  3011: words('The account that receives SOL must be an ordinary wallet', 'Name a wallet'),
  3012: words('The account does not exist', 'Check the run id and the network'),
  3016: words('The account would grow by more than 10,240 bytes at once', 'Add fewer keys at a time'),
  4100: words(
    'The program runs at another address than it was built for',
    'Check the program addresses of this network',
  ),
};

const SYSTEM: Readonly<Record<number, FailureWords>> = {
  0: words(
    'An account with this address exists already; the run id may be taken',
    'Choose another run id, or open that run',
  ),
  1: words('The paying account has too little SOL', 'Add SOL to it, then try again'),
  3: words('An account of this size cannot be made', 'Use a smaller size'),
  5: words('The address does not follow from its seed', NOT_OURS),
  7: words('The nonce was used in this very slot', 'Wait a second and try again'),
  8: words('The nonce has moved on', 'Build the transaction again with the present nonce'),
};

const TOKEN: Readonly<Record<number, FailureWords>> = {
  0: words('The account would keep too little SOL to stay alive', 'Add SOL to it, then try again'),
  1: words('There are too few tokens in the account', 'Top it up, or move less'),
  3: words('The account belongs to another mint', NOT_OURS),
  4: words('The signer does not own the token account', NOT_OURS),
  16: words('This token cannot be frozen', 'Nothing to do'),
  17: words('The token account is frozen', 'Ask the token’s freeze authority to unfreeze it'),
  18: words('The token has other decimals than stated', 'Read the mint again'),
};

const ASSOCIATED_TOKEN: Readonly<Record<number, FailureWords>> = {
  0: words('The token account belongs to somebody else than its address says', NOT_OURS),
};

/** Failures of a transaction as a whole, by the cluster's name. Source: Solana SDK, `TransactionError`. */
const TRANSACTION: Readonly<Record<string, FailureWords>> = {
  BlockhashNotFound: words('It came too late, or its nonce was used', 'Build and sign it again'),
  AlreadyProcessed: words('This transaction has landed before', 'Nothing to do: look at its result'),
  AccountNotFound: words('The fee payer does not exist on this network', 'Add SOL to it, or choose another payer'),
  InsufficientFundsForFee: words(
    'The fee payer has too little SOL for the fee',
    'Add SOL to it, or choose another payer',
  ),
  InsufficientFundsForRent: words('An account would keep too little SOL to stay alive', 'Add SOL, then try again'),
  InvalidAccountForFee: words('The fee payer is not an ordinary wallet', 'Choose a wallet as payer'),
  SignatureFailure: words('A signature does not fit the transaction', 'Sign it again'),
  AccountInUse: words('An account was busy', 'Try again'),
  ProgramAccountNotFound: words(
    'A program does not exist on this network',
    'Check the network and the program addresses',
  ),
  DuplicateInstruction: words('A setting is given twice', 'Build it again'),
};

/** Failures of an instruction that are no custom codes. Source: Solana SDK, `InstructionError`. */
const INSTRUCTION: Readonly<Record<string, FailureWords>> = {
  ProgramFailedToComplete: words(
    'The program stopped in the middle, as it does on accounts of an older version',
    'Check the version of the run’s account',
  ),
  ComputationalBudgetExceeded: words('It ran out of compute units', 'Allow more compute units'),
  MissingRequiredSignature: words('A signature is missing', NOT_OURS),
  InsufficientFunds: words('An account has too little SOL', 'Add SOL to it, then try again'),
  UnsupportedProgramId: words(
    'The program does not run on this network',
    'Check the network and the program addresses',
  ),
  IncorrectProgramId: words('A program address is wrong', 'Check the program addresses of this network'),
};

/** Anchor's own codes end where a program's begin. */
const FIRST_PROGRAM_CODE = 6000;

/** Words for a custom code of a program, if there are any. */
export function wordsForCode(table: ErrorTableName, code: number): FailureWords | undefined {
  switch (table) {
    case 'system':
      return SYSTEM[code];
    case 'token':
      return TOKEN[code];
    case 'associatedToken':
      return ASSOCIATED_TOKEN[code];
    case 'coordinator':
      return code < FIRST_PROGRAM_CODE ? ANCHOR[code] : COORDINATOR[code];
    case 'treasurer':
      return code < FIRST_PROGRAM_CODE ? ANCHOR[code] : TREASURER[code];
    case 'authorizer':
      return code < FIRST_PROGRAM_CODE ? ANCHOR[code] : AUTHORIZER[code];
  }
}

/** Words for a failure the cluster calls by name. */
export function wordsForName(name: string): FailureWords | undefined {
  if (Object.hasOwn(TRANSACTION, name)) return TRANSACTION[name];
  return Object.hasOwn(INSTRUCTION, name) ? INSTRUCTION[name] : undefined;
}

function words(cause: string, remedy: string): FailureWords {
  return { cause, remedy };
}
