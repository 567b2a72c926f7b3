import { BY_OWNER, type CodeWords, never, one, several } from './atlas-entry.ts';

/** A condition on an account failed; the account Anchor’s log blames tells which. Source: PROTOCOL §4. */
const RAW: CodeWords = several(
  'A condition on one account is not met: a wrong authority, a wrong account or a wrong version',
  'Read “AnchorError caused by account: …” in the log: the account named there decides which condition it is',
  [
    {
      when: 'The signer is not the main authority of this run',
      check:
        'main_authority of the run against the signer; if it is a treasury account, the run is changed through the treasurer',
      remedy: 'Sign with the main authority shown on the run page; nobody can change it after creation',
      accounts: ['coordinator_instance'],
      from: BY_OWNER,
      help: 'run',
    },
    {
      when: 'The state account handed over is not the one this run has, or it is of another version than 1',
      check:
        'coordinator_account of the run’s instance against the account in the review, and the version at its byte 8',
      remedy: 'Read the run again so that the present account is used; a run closed and created anew has another one',
      accounts: ['coordinator_account'],
    },
    {
      when: 'The authorization is switched off, for another user, of another join authority, or for another purpose than joining',
      check:
        'Four values: active; grantor = the run’s join authority; scope CoordinatorJoinRun; grantee = everyone, this wallet, or one that lists it as delegate',
      remedy: 'Let the join authority allow this wallet, or reactivate the authorization it has',
      accounts: ['authorization'],
      from: ['join_run'],
      help: 'can-join',
    },
    {
      when: 'The signer is not the join authority that issued the authorization',
      check: 'grantor of the authorization against the signer',
      remedy: 'Sign with the grantor’s key, also to close it',
      accounts: ['authorization'],
      from: ['authorization_grantor_update', 'authorization_close'],
      help: 'authorizations',
    },
    {
      when: 'The signer is not the allowed user, who alone may change the delegates; an authorization for everyone has no such user',
      check: 'grantee of the authorization against the signer; 111…1 stands for everyone and never signs',
      remedy: 'Let the allowed user sign the list of delegates',
      accounts: ['authorization'],
      from: ['authorization_grantee_update'],
      help: 'authorizations',
    },
    {
      when: 'The signer does not own the treasury of this run, or the treasury belongs to another run',
      check:
        'main_authority, coordinator_instance and coordinator_account of the treasurer’s Run account in the inspector',
      remedy: 'Sign with the human authority named in the treasury of this very run',
      accounts: ['run'],
      from: ['run_update'],
      help: 'run',
    },
    {
      when: 'The claim pairs the treasury of one run with the state of another',
      check:
        'coordinator_account stored in the Run account against the one in the claim; a foreign treasurer index leads here',
      remedy: 'Start the claim from the page of the run it is for',
      accounts: ['run'],
      from: ['participant_claim'],
      help: 'run',
    },
    {
      when: 'The token account that should receive the claim is of another mint, of another owner, or has a delegate',
      check: 'mint, owner and delegate of the receiving token account: the reward token, the claimer, none',
      remedy: 'Receive into the claimer’s own associated account; revoke its delegate first if it has one',
      accounts: ['user_collateral'],
      from: ['participant_claim'],
    },
  ],
);

const SEEDS: CodeWords = several(
  'An address is not the one that follows from the values it is derived from',
  'Read which account the log blames, and derive it again: the seeds are a fixed word plus run id, index, or two wallets',
  [
    {
      when: 'The run’s instance is not the address of its run id under this coordinator',
      check: 'Run id, to the byte and in upper and lower case, and the coordinator’s address of this network',
      remedy: 'Open the run by its id; correct the coordinator’s address if the deployment is a private one',
      accounts: ['coordinator_instance'],
      help: 'networks',
    },
    {
      when: 'The treasury is not the address of its index',
      check:
        'The treasurer index: by default the first 8 bytes of the run id’s SHA-256, otherwise the number chosen at creation',
      remedy: 'Use the index the run was created with; main_authority of the run shows the right treasury',
      accounts: ['run'],
    },
    {
      when: 'The participant account belongs to another wallet or to another run',
      check: 'It is derived from the treasury and the claiming wallet, in this order',
      remedy: 'Claim each wallet’s points with that wallet’s own participant account',
      accounts: ['participant'],
      from: ['participant_create', 'participant_claim'],
    },
    {
      when: 'The authorization’s address does not fit grantor, grantee and scope',
      check: 'Grantor, grantee and the 18 bytes CoordinatorJoinRun as scope',
      remedy: 'Let the app derive the authorization from the two wallets rather than pasting its address',
      accounts: ['authorization'],
      help: 'authorizations',
    },
  ],
);

/** Anchor’s constraints, 2000 to 2039. Source: Anchor, `lang/src/error.rs`; PROTOCOL §4. */
export const ANCHOR_CONSTRAINT_CODES: Readonly<Record<number, CodeWords>> = {
  2000: one(
    'An account the instruction changes was given as read-only',
    'The “changes” mark of each account in the review, beside the account the log blames',
    'Build the transaction with this app; one built elsewhere must mark that account writable',
  ),
  2001: never(
    'A has_one relation between two accounts would not hold; the Psyche programs state theirs as plain conditions, 2003',
    'The program address in the log: a build that answers 2001 was compiled from other sources',
    'Verify which program is deployed before signing anything for it',
  ),
  2002: never(
    'A signer constraint would have failed; here missing signatures answer 3010',
    'The signers of the instruction, if this number shows up after all',
    'Collect every signature the review lists',
  ),
  2003: RAW,
  2004: one(
    'The account for the new run’s state does not belong to the coordinator',
    'owner in the create_account instruction before it, against the coordinator’s address of this network',
    'Create the account for the right coordinator: correct the program addresses, then review anew',
    { accounts: ['coordinator_account'], from: ['init_coordinator', 'run_create'], help: 'networks' },
  ),
  2005: never(
    'An account would hold too little SOL to live; these programs fund what they create and do not ask',
    'Balance of the blamed account against the rent-exempt minimum for its size',
    'Bring the account up to its rent-exempt minimum',
  ),
  2006: SEEDS,
  2007: one(
    'An account that should be a program cannot be executed',
    'executable of the blamed account',
    'Pass the program itself, not the account that holds its code',
  ),
  2008: one(
    'A retired check of account state, kept as a number so that others do not shift',
    'The Anchor version of the program: only very old ones raise 2008',
    'Ask who deployed the program; it is none of this protocol',
  ),
  2009: one(
    'The vault is not the associated token account of the treasury and its reward token',
    'run_collateral against the address derived from treasury, Token program and mint',
    'Use the vault the treasury panel shows; tokens elsewhere are not part of the run',
    { accounts: ['run_collateral'], from: ['participant_claim'], help: 'run' },
  ),
  2010: one(
    'An older form of the associated-account check failed while the account was made',
    'Payer, owner and mint of the account being created',
    'Create the token account first, by itself, and then repeat',
  ),
  2011: never(
    'The SOL of a closed account would go to the account that is being closed',
    'spill against the accounts to be closed; as it must be system-owned, 3011 comes first',
    'Name your wallet as the one that gets the rent back',
  ),
  2012: never(
    'A fixed address would be another; programs are compared by type here and answer 3008',
    'The blamed account against its constant in the interface description',
    'Replace the account by the constant it stands for',
  ),
  2013: one(
    'The account to be set up has a type mark in its first 8 bytes where zeros are expected',
    'First 8 bytes of the account; the Psyche programs answer 3000 for this',
    'Start from an account nobody has initialised',
  ),
  2014: never(
    'A token account would be of a wrong mint; in a claim this condition answers 2003 on user_collateral',
    'Mint of the blamed token account against the reward token',
    'Choose the account of that wallet for the reward token',
  ),
  2015: one(
    'The vault in the claim is a token account that the treasury does not own',
    'owner of run_collateral: it must be the treasurer’s Run account',
    'Take the vault from the run page; report a vault whose owner changed, the program never does that',
    { accounts: ['run_collateral'], from: ['participant_claim'], help: 'run' },
  ),
  2016: one(
    'The mint’s minting authority is not the expected one',
    'mint_authority of the mint in the inspector',
    'Take a mint whose minting authority the program asks for',
  ),
  2017: one(
    'The mint’s freezing authority is not the expected one',
    'freeze_authority as stored in the mint',
    'Set or take the freeze authority the program asks for',
  ),
  2018: one(
    'The mint has another number of decimals than the program asks for',
    'Byte 44 of the mint',
    'Decimals never change: pick another mint',
  ),
  2019: never(
    'An account would have another size than stated; sizes are compared in the handler here, 6002',
    'Length of the blamed account’s data in bytes',
    'Allocate the account anew in the stated size',
  ),
  2020: one(
    'A condition needs an optional account that was left out',
    'Accounts given as the program’s own address, which is how Anchor writes “none”',
    'Pass the optional account along',
  ),
  2021: one(
    'The token account belongs to another token program than the one passed along',
    'Owner of the token account: classic Token program or Token-2022',
    'Use classic token accounts throughout',
  ),
  2022: one(
    'The mint belongs to another token program than the one passed along',
    'Owner of the mint account; Psyche’s treasurer takes classic mints only',
    'Make the reward token with the classic Token program',
    { help: 'create-run' },
  ),
  2023: one(
    'The associated token account was derived with another token program',
    'The second of its three seeds: the token program’s address',
    'Derive the account with the classic Token program as seed',
  ),
  ...groupPointers(),
  2030: one(
    'The Token-2022 metadata pointer of a mint is missing or not as asked',
    'Extension list of the mint: MetadataPointer',
    'Only programs for Token-2022 ask this; a classic mint has no such extension',
  ),
  2031: one(
    'Another key may move the mint’s metadata pointer than the program expects',
    'authority inside the MetadataPointer extension',
    'Ask the issuer of that Token-2022 mint to hand over the pointer’s authority',
  ),
  2032: one(
    'The mint’s metadata pointer leads to another account than expected',
    'metadata_address inside the MetadataPointer extension',
    'Point the Token-2022 mint at its proper metadata account',
  ),
  2033: one(
    'The Token-2022 mint lacks the extension that lets it be closed',
    'Extension list of the mint: MintCloseAuthority',
    'Close authority is decided when such a mint is made; take another',
  ),
  2034: one(
    'The mint’s close authority is a different key than asked',
    'close_authority inside the MintCloseAuthority extension',
    'Sign with the key that may close the mint',
  ),
  2035: one(
    'The Token-2022 mint lacks a permanent delegate, which the program demands',
    'Extension list of the mint: PermanentDelegate',
    'Think twice before using such a token: a permanent delegate can take everybody’s balance',
  ),
  2036: one(
    'The permanent delegate of the mint is another key than demanded',
    'delegate inside the PermanentDelegate extension',
    'Check with the program’s author which delegate it trusts',
  ),
  2037: one(
    'The Token-2022 mint has no transfer hook where one is demanded',
    'Extension list of the mint: TransferHook',
    'Hooks cannot be added later; use a mint made with one',
  ),
  2038: one(
    'Another key may change the mint’s transfer hook than the program expects',
    'authority inside the TransferHook extension',
    'Let the present hook authority pass its right on',
  ),
  2039: one(
    'The mint’s transfer hook is another program than expected',
    'program_id inside the TransferHook extension',
    'Confirm with the issuer which hook program is the true one',
  ),
};

/** Token-2022’s group extensions, 2024 to 2029, which no Psyche program asks for. */
function groupPointers(): Readonly<Record<number, CodeWords>> {
  return {
    2024: one(
      'The Token-2022 mint has no pointer to a token group',
      'Extension list of the mint: GroupPointer',
      'This condition is of a program for token collections; none of a run’s instructions has it',
    ),
    2025: one(
      'Another key controls the mint’s group pointer than the program expects',
      'authority inside the GroupPointer extension',
      'Transfer the pointer’s authority, or sign as the key it names',
    ),
    2026: one(
      'The group pointer names another group account than expected',
      'group_address inside the GroupPointer extension',
      'Pass the group account the mint itself points to',
    ),
    2027: one(
      'The Token-2022 mint is not marked as a member of any group',
      'Extension list of the mint: GroupMemberPointer',
      'Members are declared when the mint is made; choose a member mint',
    ),
    2028: one(
      'Another key controls the member pointer than the program expects',
      'authority inside the GroupMemberPointer extension',
      'Have the pointer’s authority sign for the collection',
    ),
    2029: one(
      'The member pointer names another member account than expected',
      'member_address inside the GroupMemberPointer extension',
      'Pass the member account stored in the extension',
    ),
  };
}
