import { type CodeWords, one, several } from './atlas-entry.ts';

/** What each code of the system program means here. Source: Solana SDK, `SystemError`; PROTOCOL §4. */
export const SYSTEM_CODES: Readonly<Record<number, CodeWords>> = {
  0: several(
    'An account that was to be made exists already',
    'The log says “Allocate: account … already in use”: look that address up in the inspector to see what it is',
    [
      {
        when: 'A run with this id exists already, whoever owns it: ids are taken first come, first served',
        check: 'Open the run id on the runs screen and see its main authority',
        remedy: 'Choose another run id, or open the existing run if it is yours',
        from: ['init_coordinator'],
        help: 'create-run',
      },
      {
        when: 'The treasurer index, the run id, or the vault of the reward token is taken',
        check: 'Which address the log names: the run’s treasury account, the coordinator’s instance, or the vault',
        remedy: 'Pick another run id or another treasurer index',
        from: ['run_create'],
        help: 'create-run',
      },
      {
        when: 'This wallet has been let in before: an authorization for the pair of join authority and user exists',
        check: 'The list of authorizations, inactive ones included',
        remedy: 'Reactivate the existing authorization instead of creating it',
        from: ['authorization_create'],
        help: 'authorizations',
      },
      {
        when: 'The wallet has a participant account for this run already',
        check: 'The claims panel of the run: it shows earlier claims of the wallet',
        remedy: 'Claim directly; the participant account is made only once',
        from: ['participant_create'],
        help: 'run',
      },
      {
        when: 'The address of the new account holds data or SOL of another program already',
        check: 'The new account of create_account in the inspector: an earlier attempt may have landed',
        remedy: 'Let the app build the transaction anew with a fresh account',
        from: ['create_account', 'create_account_with_seed', 'allocate', 'allocate_with_seed'],
      },
    ],
  ),
  1: several(
    'The account that pays has too little SOL for what the instruction moves',
    'The log says “Transfer: insufficient lamports X, need Y”: X is what it has, Y what is needed, in lamports',
    [
      {
        when: 'The payer cannot lock the rent of the run’s account, about 0.83 SOL, besides the fee',
        check: 'Balance of the payer on the signers screen against the locked SOL on the review',
        remedy: 'Send the payer at least 0.84 SOL, or use faucet SOL on a test network',
        from: ['create_account', 'create_account_with_seed', 'init_coordinator', 'run_create'],
        help: 'signers',
      },
      {
        when: 'The payer cannot cover the rent of a small account: an authorization, delegates, or a participant',
        check: 'The payer’s balance: about 0.002 SOL is locked, and 0.00022 SOL more for each delegate',
        remedy: 'Add a hundredth of a SOL to the payer',
        from: ['authorization_create', 'authorization_grantee_update', 'participant_create'],
        help: 'signers',
      },
      {
        when: 'A transfer takes more lamports than its source holds',
        check: 'The amount of the transfer plus the fee against the balance of its source account',
        remedy: 'Send less, leaving room for the fee and the rent-exempt minimum',
        from: ['transfer', 'transfer_with_seed', 'withdraw_nonce_account'],
      },
    ],
  ),
  2: one(
    'An account was to be given to a program the system program does not allow as an owner',
    'owner in create_account or assign: it must be the coordinator of this network',
    'Set the coordinator’s address on the networks screen to the deployed one',
    { from: ['create_account', 'assign'], help: 'networks' },
  ),
  3: one(
    'The new account would be larger than 10 MiB, the most an account may have',
    'space of the create_account or allocate instruction, in bytes',
    'Ask for the 119,160 bytes a run needs; a foreign transaction with more was built wrongly',
    { from: ['create_account', 'allocate'] },
  ),
  4: one(
    'A seed of a derived account address is longer than 32 bytes',
    'The account seed chosen for the run, counted in bytes',
    'Use a seed of 32 bytes or fewer',
    { from: ['create_account_with_seed', 'allocate_with_seed', 'assign_with_seed', 'transfer_with_seed'] },
  ),
  5: one(
    'The account address is not the one that base key, seed and owner lead to',
    'base, seed and owner of the instruction: the owner has to be the coordinator the address was derived for',
    'Derive the address again after any change of signer, seed or network',
    {
      from: ['create_account_with_seed', 'allocate_with_seed', 'assign_with_seed', 'transfer_with_seed'],
      help: 'networks',
    },
  ),
  6: one(
    'The cluster has no recent blockhashes to give the nonce a new value, as right after its first start',
    'Whether the network makes blocks at all: the slot in the top bar must move',
    'Wait until blocks are made, then send the same transaction again',
    { from: ['advance_nonce_account', 'initialize_nonce_account'] },
  ),
  7: one(
    'The nonce was already advanced in this very slot',
    'Whether another transaction with the same nonce account went out in the same second',
    'Wait for the next slot, half a second, and build again with the nonce of that moment',
    { from: ['advance_nonce_account', 'initialize_nonce_account'] },
  ),
  8: one(
    'The value signed for is no longer the one stored in the nonce account',
    'The nonce account in the inspector against the blockhash field of the transaction',
    'Build with the stored nonce and collect the signatures again; the old ones can never land',
    { from: ['advance_nonce_account'] },
  ),
};

/** What each code of the classic SPL Token program means here. Source: SPL Token, `TokenError`. */
export const TOKEN_CODES: Readonly<Record<number, CodeWords>> = {
  0: one(
    'A token account or mint was set up with less SOL than its rent',
    'Lamports of the account that is initialised: 2,039,280 for a token account',
    'Let the associated token program make the account, it adds the rent itself',
  ),
  1: several(
    'The source token account holds fewer tokens than the transfer takes',
    'See whose account is the source: the funder’s in a top-up, the run’s vault in a claim',
    [
      {
        when: 'The vault of the run does not cover this claim; claims are paid in the order they come',
        check: 'Vault balance and unclaimed points in the treasury panel of the run',
        remedy: 'Top the run up by what the panel says is missing; the claimer can also take less now',
        from: ['transfer'],
        via: ['participant_claim'],
        help: 'top-up',
      },
      {
        when: 'The funder has fewer of the reward token than the top-up sends',
        check: 'The funder’s token balance against the amount in native units: a typed 5 means 5 × 10^decimals',
        remedy: 'Top up less, or move reward tokens to the funder first',
        from: ['transfer', 'transfer_checked'],
        via: [],
        help: 'top-up',
      },
    ],
  ),
  2: one(
    'The account given as mint is no mint of the classic token program',
    'The mint in the inspector: its owner must be the Token program and its length 82 bytes',
    'Enter the mint’s own address, not that of somebody’s token account',
  ),
  3: one(
    'Source and destination hold different tokens',
    'The mint of both token accounts; a run takes only the reward token it was created with',
    'Send from an account of the run’s reward token',
    { from: ['transfer', 'transfer_checked', 'participant_claim'], help: 'top-up' },
  ),
  4: one(
    'Whoever signed neither owns the token account nor is its delegate',
    'The owner of the source token account against the signer of the transfer',
    'Sign with the wallet that owns the tokens',
    { from: ['transfer', 'transfer_checked', 'set_authority', 'close_account'], help: 'signers' },
  ),
  5: one(
    'The mint has no mint authority any more, so no token can be added',
    'mint_authority of the mint: “none” means a supply fixed for ever',
    'Buy or collect existing tokens; new ones cannot be minted',
  ),
  6: one(
    'The mint or token account was initialised before',
    'Whether an earlier transaction of the same plan already made this token account',
    'Carry on with the next step: the account is there',
  ),
  7: one(
    'Too few or too many signers were given for a multisig owner',
    'The member list of the multisig account, at most 11',
    'List each member that signs exactly once',
  ),
  8: one(
    'A multisig was to require 0 signatures, or more than it has members',
    'm of the initialize_multisig instruction against the number of members',
    'Require between 1 and as many signatures as there are members',
  ),
  9: one(
    'The token account or mint exists as bytes and was never initialised',
    'Byte 108 of a token account or 45 of a mint: 0 stands for uninitialised',
    'Create the token account through a top-up or claim, which initialise it',
  ),
  10: one(
    'A wrapped-SOL account was used where only an ordinary token works',
    'Whether the mint is So111…112',
    'Choose a reward token of your own instead of wrapped SOL',
  ),
  11: one(
    'A token account with tokens in it was to be closed',
    'Its balance, down to the last native unit',
    'Move all its tokens out first',
    { from: ['close_account'] },
  ),
  12: one(
    'The token program knows no instruction with this first byte',
    'The first data byte of the failing instruction; numbers above 24 belong to Token-2022',
    'Do not use instructions of Token-2022 with a classic mint',
  ),
  13: one(
    'The token account is in a state that does not fit: frozen when it should not be, or the reverse',
    'state of the token account: initialised or frozen',
    'Ask for the freeze or thaw that is missing',
  ),
  14: one(
    'The sum of tokens would pass the largest number 64 bits can hold',
    'Amount plus destination balance, in native units, against 18,446,744,073,709,551,615',
    'Correct the amount: it was probably multiplied by the decimals twice',
    { from: ['transfer', 'transfer_checked', 'mint_to'] },
  ),
  15: one(
    'An authority of this kind does not exist on that account',
    'authority_type of set_authority: a mint has minting and freezing, an account has owner and closer',
    'Name an authority the account has',
    { from: ['set_authority'] },
  ),
  16: one(
    'The mint was made without a freeze authority, so its accounts cannot be frozen',
    'freeze_authority of the mint: “none”',
    'Nothing is to be done; for holders this is the better case',
    { from: ['freeze_account', 'thaw_account'] },
  ),
  17: one(
    'The token’s issuer has frozen the source or the destination account',
    'state of both token accounts in the inspector; freeze_authority of the mint names who can lift it',
    'Ask the freeze authority to thaw the account; until then neither top-up nor claim can pass through it',
    { help: 'run' },
  ),
  18: one(
    'The transaction states other decimals than the mint has',
    'decimals of the transfer_checked instruction against those of the mint',
    'Read the mint once more and enter the amount again',
    { from: ['transfer_checked', 'mint_to_checked', 'burn_checked', 'approve_checked'] },
  ),
  19: one(
    'An instruction for wrapped SOL, such as sync, was used on another token',
    'The mint of the account: only So111…112 can be synchronised',
    'Leave the instruction out; ordinary balances need no synchronising',
    { from: ['sync_native'] },
  ),
};

/** What each code of the associated token program means. Source: SPL `AssociatedTokenAccountError`. */
export const ASSOCIATED_TOKEN_CODES: Readonly<Record<number, CodeWords>> = {
  0: one(
    'The token account at the expected address was handed over to another owner since it was made',
    'The owner field of the token account against the wallet its address is derived from',
    'Use another funder or claimer; tokens sent to that account would belong to whoever owns it now',
    { from: ['create_idempotent', 'create', 'recover_nested'] },
  ),
};
