import { ANCHOR_CONSTRAINT_CODES } from './anchor-constraint-codes.ts';
import { BY_OWNER, type CodeWords, never, one, several } from './atlas-entry.ts';

const MISSING: CodeWords = several(
  'An account that must exist already does not exist on this network',
  'Read which account the log blames and open it in the inspector on the same network',
  [
    {
      when: 'No run with this id exists here: a typing error, another network, or a run that was closed',
      check: 'The network badge, and the run id letter by letter on the runs screen',
      remedy: 'Open the run from the list, or switch to the network it lives on',
      accounts: ['coordinator_instance'],
      help: 'networks',
    },
    {
      when: 'The state account of the run is gone or was never made',
      check: 'coordinator_account of the run in the inspector; creating it is the first instruction of a new run',
      remedy: 'Send creation as one transaction: the account and the run in it belong together',
      accounts: ['coordinator_account'],
      help: 'create-run',
    },
    {
      when: 'Nobody has let this wallet in: there is no authorization for it, nor one for everyone',
      check: 'The can-join checklist of the run: it tries everyone, the wallet itself, and its authorizer',
      remedy: 'Ask the join authority to allow this wallet',
      accounts: ['authorization'],
      from: ['join_run'],
      help: 'can-join',
    },
    {
      when: 'The authorization to change was never created, or has been closed',
      check: 'Grantor and grantee in the list of authorizations',
      remedy: 'Create the authorization first; allowing a user does both steps',
      accounts: ['authorization'],
      from: ['authorization_grantor_update', 'authorization_grantee_update', 'authorization_close'],
      help: 'who-may-join',
    },
    {
      when: 'The run has no treasury at this index, so nothing can be updated through it or claimed from it',
      check: 'Whether main_authority of the run is a treasurer’s Run account at all',
      remedy: 'Go to the run page and use the actions it offers for a run without rewards',
      accounts: ['run'],
      help: 'run',
    },
    {
      when: 'The wallet has no participant account for this run yet',
      check: 'Whether the claim’s transaction creates it in an instruction before',
      remedy: 'Claim from the claims panel, which creates the participant on the first claim',
      accounts: ['participant'],
      from: ['participant_claim'],
      help: 'run',
    },
    {
      when: 'The wallet has no token account for the reward token',
      check: 'user_collateral in the inspector: it does not exist',
      remedy: 'Create the wallet’s associated token account in the same transaction, as this app’s claim does',
      accounts: ['user_collateral'],
      from: ['participant_claim'],
    },
    {
      when: 'The reward token’s mint does not exist on this network',
      check: 'The mint address: mints of mainnet are not on devnet, nor the other way round',
      remedy: 'Enter a mint of this very network',
      accounts: ['collateral_mint'],
      from: ['run_create'],
      help: 'create-run',
    },
    {
      when: 'The vault of the treasury does not exist',
      check: 'run_collateral in the inspector; it is made together with the treasury',
      remedy: 'Check the treasury’s address: every real one has its vault from the first moment',
      accounts: ['run_collateral'],
      from: ['participant_claim'],
    },
  ],
);

const FOREIGN: CodeWords = several(
  'An account belongs to another program than the instruction expects',
  'Compare the owner of the blamed account in the inspector with the program that should own it',
  [
    {
      when: 'The reward token is not a classic SPL token: its mint belongs to Token-2022 or is no mint',
      check: 'Owner of collateral_mint: only TokenkegQ… is taken',
      remedy: 'Choose a classic mint; a run’s mint cannot be replaced later',
      accounts: ['collateral_mint'],
      from: ['run_create'],
      help: 'create-run',
    },
    {
      when: 'The run belongs to another deployment of the coordinator',
      check: 'Owner of coordinator_instance or coordinator_account against the coordinator’s address of this network',
      remedy: 'Enter the addresses of that deployment in the network’s settings',
      accounts: ['coordinator_instance', 'coordinator_account'],
      help: 'networks',
    },
    {
      when: 'The authorization was issued by another deployment of the authorizer',
      check: 'Owner of the authorization: the coordinator only trusts the authorizer it was built with',
      remedy: 'Issue the authorization anew through the authorizer this run trusts',
      accounts: ['authorization'],
      help: 'authorizations',
    },
    {
      when: 'The address of the run’s treasury or of a participant belongs to no treasurer this network knows',
      check: 'Owner of the blamed account against the treasurer’s address of this network',
      remedy: 'Correct the treasurer’s address, or use the run without its rewards',
      accounts: ['run', 'participant'],
      help: 'networks',
    },
    {
      when: 'The token account in the claim is of Token-2022 or no token account',
      check: 'Owner of user_collateral and run_collateral: the classic Token program',
      remedy: 'Receive into a classic token account',
      accounts: ['user_collateral', 'run_collateral'],
      from: ['participant_claim'],
    },
  ],
);

const WRONG_KIND: CodeWords = several(
  'An account is of another kind than expected: its first 8 bytes name another type',
  'Open the blamed account in the inspector: it says what kind it is',
  [
    {
      when: 'A big state account stands where the run’s small instance belongs, or the reverse',
      check: 'coordinator_instance is 173 bytes, coordinator_account 119,160',
      remedy: 'Swap the two accounts; in a transaction of this app they are in order',
      accounts: ['coordinator_instance', 'coordinator_account'],
    },
    {
      when: 'A participant stands where the treasury belongs, or the reverse',
      check: 'A treasury (Run) is 200 bytes, a participant 32',
      remedy: 'Pass treasury and participant in the order of the interface',
      accounts: ['run', 'participant'],
    },
    {
      when: 'An account of the authorizer that is not an authorization was passed to join with',
      check: 'The first bytes of the account: 0344a8f3c3a8204b marks an authorization',
      remedy: 'Give the client the address of its authorization, as the join kit prints it',
      accounts: ['authorization'],
      help: 'who-may-join',
    },
  ],
);

const NOT_SIGNED: CodeWords = several(
  'A key that must sign did not',
  'The blamed account names the role; its slot in the review is the missing signature',
  [
    {
      when: 'The main authority did not sign',
      check: 'The slot “Main authority” of the review; the fee payer’s signature does not replace it',
      remedy: 'Add the main authority’s signature',
      accounts: ['authority'],
      from: [...BY_OWNER, 'run_update'],
      help: 'signers',
    },
    {
      when: 'The join authority did not sign its own grant',
      check: 'The slot “Join authority”: creating, switching and closing an authorization each need it',
      remedy: 'Sign with the join authority, who need not be the payer',
      accounts: ['grantor'],
      help: 'signers',
    },
    {
      when: 'The allowed user did not sign the change of delegates',
      check: 'The slot of the grantee in the review',
      remedy: 'Send the transaction to the allowed user for signature',
      accounts: ['grantee'],
      help: 'signers',
    },
    {
      when: 'The wallet that acts for itself, as client or claimer, did not sign',
      check: 'user in the instruction: nobody can join, report or claim for somebody else',
      remedy: 'Run it with that wallet’s own key',
      accounts: ['user'],
      help: 'signers',
    },
    {
      when: 'The account that pays the rent did not sign',
      check: 'payer in the instruction, which may be another key than the fee payer',
      remedy: 'Have the rent payer sign too, or pay the rent from the fee payer',
      accounts: ['payer'],
      help: 'signers',
    },
  ],
);

/** Anchor’s codes outside the constraints. Source: Anchor, `lang/src/error.rs`; PROTOCOL §4, §6. */
export const ANCHOR_CODES: Readonly<Record<number, CodeWords>> = {
  100: one(
    'The instruction has fewer than 8 bytes of data, so it names no function',
    'The data of the failing instruction: empty or cut',
    'Build it again; a transaction made by hand lost its data',
  ),
  101: one(
    'The program has no function with these first 8 bytes',
    'The first 8 bytes of the data against the interface description; an upgrade may have renamed the function',
    'Compare the deployed program with the version this app was made for',
    { help: 'networks' },
  ),
  102: one(
    'The arguments do not read as the program’s types: too short, an unknown variant, a boolean other than 0 and 1, or a number that is NaN',
    'Whether the configuration holds “nan”, and whether the deployed program knows the same fields',
    'Replace any nan by a number; if there is none, the program’s version differs from this app’s',
    { help: 'update-configuration' },
  ),
  103: never(
    'The program could not write out an instruction it wanted to send on',
    'Which program the log shows as the caller',
    'Report it to the program’s authors with the log; nothing on this side causes it',
  ),
  1000: one(
    'An on-chain interface description was asked for, which the program was built without',
    'Whether the transaction calls the IDL functions of Anchor’s tool',
    'Use the interface files of this app instead',
  ),
  1001: one(
    'The interface-description call named another program than the one it ran in',
    'Program address of the IDL instruction',
    'Address the call to the program whose description is meant',
  ),
  1002: one(
    'A stored interface description must be empty before it is resized',
    'Length of the IDL account',
    'Close the IDL account first, then write the new one',
  ),
  1500: one(
    'An event was sent to a program that was built without receiving events',
    'The first 8 bytes e445a52e51cb9a1d mark such a call',
    'Remove the event call; the Psyche programs log their events instead',
  ),
  ...ANCHOR_CONSTRAINT_CODES,
  2500: one(
    'A plain requirement of some other Anchor program is not met',
    'File and line in “AnchorError thrown in …”',
    'Read that line in the program’s source; the Psyche programs give their own codes instead',
  ),
  2501: one(
    'Two values that must be equal differ',
    'The “Left:” and “Right:” lines after the error in the log',
    'Make both values the same before sending again',
  ),
  2502: one(
    'Two addresses that must be equal differ',
    'The two base58 lines after “Left:” and “Right:”',
    'Exchange the address on the left for the one on the right',
  ),
  2503: one(
    'Two values that must differ are equal',
    'The single value logged on both sides',
    'Choose a second value of its own',
  ),
  2504: one(
    'Two addresses that must differ are the same one',
    'Which account was passed twice',
    'Pass two separate accounts',
  ),
  2505: one(
    'A value is not greater than its bound',
    'Left against Right in the log; equal is not enough here',
    'Increase the left value past the right one',
  ),
  2506: one(
    'A value is smaller than its bound',
    'Left against Right in the log; equal would have passed',
    'Increase the left value to at least the right one',
  ),
  3000: one(
    'The account for the new run’s state carries a type mark already: a run uses it',
    'First 8 bytes of coordinator_account: ef21b1372c9b562b means it is taken',
    'Create the run with a new account; one account serves one run',
    { accounts: ['coordinator_account'], from: ['init_coordinator', 'run_create'], help: 'create-run' },
  ),
  3001: one(
    'An account is shorter than the 8 bytes of a type mark',
    'Length of the blamed account; 0 bytes means it was closed within this transaction',
    'Look whether an earlier instruction of the transaction closes it',
  ),
  3002: WRONG_KIND,
  3003: never(
    'The type mark fits and the rest of the account does not read',
    'Length and contents of the blamed account in the inspector’s tree: where it stops is where it differs',
    'Do not write to the account; it stems from another program version',
  ),
  3004: never(
    'A changed account no longer fits into its space',
    'Size of the account against what is to be stored',
    'Store less in it: shorter texts or fewer entries',
  ),
  3005: one(
    'The instruction was given fewer accounts than it takes',
    'Number of accounts in the review against the interface description; remaining ones are reported as missing',
    'Add the missing accounts in order; an upgrade may have introduced a new one',
  ),
  3006: never(
    'An account was to be changed through a view that cannot be changed',
    'Writable marks of the accounts; here that is 2000',
    'Mark the account as writable and sign again',
  ),
  3007: FOREIGN,
  3008: one(
    'A program passed as an account is not the one expected: system, token, associated token or coordinator',
    'The program accounts of the instruction; for the treasurer the coordinator must be the one it was built with',
    'Match the three program addresses of the network: they belong together as one deployment',
    { help: 'networks' },
  ),
  3009: never(
    'The right address was passed and nothing there can be executed',
    'executable of the program account on this network',
    'Choose a network where the program is deployed',
  ),
  3010: NOT_SIGNED,
  3011: several(
    'The account that is to receive the rent is not an ordinary wallet',
    'The owner of spill in the inspector: only accounts of the system program may receive the SOL',
    [
      {
        when: 'The rent of the closed run was to go to a program’s account, such as a token account',
        check: 'spill of free_coordinator: owner 111…1 and no data',
        remedy: 'Send the run’s rent to your wallet',
        from: ['free_coordinator'],
        help: 'close-run',
      },
      {
        when: 'The rent of the closed authorization was to go to an account some program owns',
        check: 'spill of authorization_close',
        remedy: 'Return the authorization’s rent to an ordinary wallet, such as the grantor',
        from: ['authorization_close'],
        help: 'authorizations',
      },
    ],
  ),
  3012: MISSING,
  3013: one(
    'The account that should hold a program’s code does not',
    'Whether the account passed is the ProgramData of the upgradeable loader',
    'Derive the ProgramData address from the program and pass that',
  ),
  3014: never(
    'A token account would not be the associated one; for the vault this answers 2009',
    'Address of the token account against owner and mint',
    'Derive the associated account again',
  ),
  3015: one(
    'An account passed as a system variable is another address',
    'Sysvar accounts of the instruction, such as SysvarRent111…',
    'Insert the sysvar’s fixed address',
  ),
  3016: never(
    'An account would grow by more than 10,240 bytes in one instruction, which takes 321 new delegates',
    'Number of delegates added; a transaction carries 30 at most anyway',
    'Add delegates in several transactions',
  ),
  3017: never(
    'One account was to be resized twice in an instruction',
    'Whether the same account is passed in two places',
    'Split the change into two instructions',
  ),
  4100: never(
    'The program runs at another address than the one compiled into it',
    'Address in the log against declare_id of the source it was built from',
    'Rebuild the program with its real address; operators cannot repair this',
  ),
  4101: never(
    'The payer itself was to become an account of the program',
    'Payer and new account: they are one address',
    'Give the new account a key or address of its own',
  ),
  4102: one(
    'A number does not fit the smaller type the program converts it to',
    'The largest numbers among the arguments',
    'Lower the number below the limit of its field',
  ),
  5000: one(
    'A function was called that its authors have retired',
    'The notes of the program’s last release',
    'Call what replaced it',
  ),
};
