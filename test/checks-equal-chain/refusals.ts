import type { Kind } from './inputs.ts';

/** A refusal, worded as `send` of a world's chain answers it, and where PROTOCOL.md has the rule. */
type Rule = { readonly code: string; readonly section: string };

const rules = (section: string, ...codes: readonly string[]): Rule[] => codes.map((code) => ({ code, section }));

/** What the bank says to any transaction. Source: Agave, `validate_fee_payer` and the rent state checks. */
const RUNTIME = rules(
  'the runtime',
  'runtime AccountNotFound',
  'runtime InsufficientFundsForFee',
  'runtime InsufficientFundsForRent',
);

/** Owner instructions of the coordinator, directly or called by the treasurer. Source: PROTOCOL.md §4.1, §7. */
const UPDATE = rules(
  '§4.1 update, §7.1–7.4',
  'coordinator 6000',
  'coordinator 6001',
  'coordinator 6004',
  'coordinator 6005',
  'coordinator ProgramFailedToComplete',
);
const SET_PAUSED = rules(
  '§4.1 set_paused, §7',
  'coordinator 6004',
  'coordinator 6005',
  'coordinator 6006',
  'coordinator 6015',
  'coordinator 6018',
);
const VERSION = rules('§4.1 update_client_version', 'coordinator 6001');
const OWNER = rules('§4.1 owner instructions', 'coordinator 2003');
const TREASURY_OWNER = rules('§4.2 run_update', 'treasurer 2003');
const AUTHORIZATION = rules('§4 and §4.3, an account that is not there', 'authorizer 3012', 'authorizer 3007');
const GRANTOR = rules('§4.3, grantor or grantee must match', 'authorizer 2003');
const CREATION = rules('§4.3 authorization_create', 'system 0', 'system 1');
const TRANSFER = rules('§4.4 token transfer', 'token 1', 'token 4', 'token 17', 'token 18', 'token InvalidAccountData');

/** Instructions of the System program about nonces. Source: Agave, `system_instruction.rs`. */
const NONCE = rules('the System program', 'system InvalidAccountData', 'system MissingRequiredSignature');
const NONCE_MOVES = rules('the System program', 'system 7');

/** Every refusal that the instructions of an operation can get, from PROTOCOL.md. */
export const REFUSALS: { readonly [K in Kind]: readonly Rule[] } = {
  'allow-many': [...RUNTIME, ...CREATION, ...AUTHORIZATION, ...GRANTOR],
  'allow-to-join': [...RUNTIME, ...CREATION, ...AUTHORIZATION, ...GRANTOR],
  'set-authorization-active': [...RUNTIME, ...AUTHORIZATION, ...GRANTOR],
  'close-authorization': [
    ...RUNTIME,
    ...AUTHORIZATION,
    ...GRANTOR,
    ...rules('§4.3 authorization_close', 'authorizer 3011', 'authorizer 6000', 'authorizer 6001'),
  ],
  'set-delegates': [
    ...RUNTIME,
    ...AUTHORIZATION,
    ...GRANTOR,
    ...rules('§4.3 authorization_grantee_update', 'authorizer 3016', 'system 1'),
  ],
  'close-run': [
    ...RUNTIME,
    ...OWNER,
    ...rules('§4.1 free_coordinator', 'coordinator 2011', 'coordinator 3011', 'coordinator 6009'),
  ],
  tick: [...RUNTIME, ...rules('§4.1 tick, §8', 'coordinator 6015')],
  checkpoint: [...RUNTIME, ...rules('§4.1 checkpoint', 'coordinator 6007')],
  'create-run': [
    ...RUNTIME,
    ...CREATION,
    ...OWNER,
    ...TREASURY_OWNER,
    ...UPDATE,
    ...VERSION,
    ...SET_PAUSED,
    ...TRANSFER,
    ...rules(
      '§4.1 init_coordinator',
      'coordinator 2004',
      'coordinator 2006',
      'coordinator 3000',
      'coordinator 6002',
      'coordinator 6023',
    ),
    ...rules(
      '§4.2 run_create',
      'treasurer 2006',
      'treasurer 3007',
      'treasurer 3012',
      'treasurer 6001',
      'treasurer InvalidAccountData',
      'treasurer UninitializedAccount',
      'associated token IllegalOwner',
    ),
  ],
  'set-paused': [...RUNTIME, ...OWNER, ...TREASURY_OWNER, ...SET_PAUSED],
  'set-rates': [...RUNTIME, ...OWNER, ...TREASURY_OWNER],
  'top-up': [...RUNTIME, ...TRANSFER],
  'claim-rewards': [
    ...RUNTIME,
    ...rules('§4.2 participant_create', 'system 0', 'system 1'),
    ...rules(
      '§4.2 participant_claim',
      'treasurer 2003',
      'treasurer 2006',
      'treasurer 2009',
      'treasurer 2015',
      'treasurer 6000',
      'treasurer ProgramFailedToComplete',
      'token 1',
      'token 17',
    ),
  ],
  'create-nonce-accounts': [...RUNTIME, ...rules('the System program', 'system 0', 'system 1')],
  'fund-nonce': [...RUNTIME, ...rules('the System program', 'system 1')],
  'advance-nonce': [...RUNTIME, ...NONCE, ...NONCE_MOVES],
  'authorize-nonce': [...RUNTIME, ...NONCE],
  'withdraw-nonce': [...RUNTIME, ...NONCE, ...NONCE_MOVES, ...rules('the System program', 'system InsufficientFunds')],
  'close-nonce': [...RUNTIME, ...NONCE, ...NONCE_MOVES],
  'update-configuration': [...RUNTIME, ...OWNER, ...TREASURY_OWNER, ...UPDATE, ...VERSION],
};

const OWN_ADDRESS = 'its address is derived from the key that signs';
const MADE_ONCE = 'what exists already is read, and not made again; SOL alone stops nothing';
const MADE_HERE = 'an authorization that is not there is created by the same transaction';
const MADE_WHOLE = 'the account is made by the instruction before, by the right owner and with the right size';
const DERIVED = 'addresses are derived as the program does, and kinds of accounts are read first';
const STOPPED = 'a run that is not the one asked for is not touched: the plan is empty';
const SCHEMA = 'the schema of the request refuses a longer text';
const ALLOWING = {
  'system 0': MADE_ONCE,
  'authorizer 3012': MADE_HERE,
  'authorizer 3007': MADE_HERE,
  'authorizer 2003': OWN_ADDRESS,
};

/** Refusals that no plan of the app gets, with the reason. One that is met after all fails the test. */
export const UNREACHABLE: { readonly [K in Kind]?: Readonly<Record<string, string>> } = {
  'allow-many': ALLOWING,
  'allow-to-join': ALLOWING,
  'set-authorization-active': { 'authorizer 2003': OWN_ADDRESS },
  'close-authorization': {
    'authorizer 2003': OWN_ADDRESS,
    'authorizer 3011': 'the SOL goes to the fee payer, which is always owned by the system program',
  },
  'set-delegates': {
    'authorizer 2003': OWN_ADDRESS,
    'authorizer 3016': 'would take 321 keys in one call, and a transaction carries 30',
  },
  'close-run': { 'coordinator 2011': 'the SOL goes to the authority, which is neither of the closed accounts' },
  'create-run': {
    'coordinator 2003': STOPPED,
    'treasurer 2003': STOPPED,
    'coordinator 6000': STOPPED,
    'coordinator 6001': STOPPED,
    'coordinator 6018': STOPPED,
    'coordinator 6006': 'a first start sets the step to 1 before it is looked at',
    'coordinator ProgramFailedToComplete':
      'configuration and model are sent together, and the configuration is refused first',
    'token 18': 'amounts typed with other decimals have an empty plan',
    'coordinator 2004': MADE_WHOLE,
    'coordinator 3000': MADE_WHOLE,
    'coordinator 6002': MADE_WHOLE,
    'coordinator 2006': DERIVED,
    'treasurer 2006': DERIVED,
    'coordinator 6023': SCHEMA,
    'treasurer 6001': SCHEMA,
  },
  'claim-rewards': {
    'system 0': MADE_ONCE,
    'treasurer 2006': DERIVED,
    'treasurer 2009': DERIVED,
    'treasurer 2015': DERIVED,
    'treasurer 6000': 'exactly what is unclaimed is claimed',
    'treasurer ProgramFailedToComplete': 'who claimed more than was earned has an empty plan',
    'token 1': 'no more is claimed than the vault holds',
  },
};

/** Refusals of every instruction that no plan of the app gets; they are not in the lists above. */
export const NEVER: Readonly<Record<string, string>> = {
  '101, 102, 3005, 3008':
    'instructions are written from the interface: name, arguments, accounts and programs are whole',
  '3010': 'everybody an instruction names as signer is a signer of the step',
  '2000': 'writable flags come from the interface',
  'coordinator 3012, 3007, 3002, 2006':
    'instance and account are read first: without a run of this layout no plan is made',
  '102, checkpoint': 'a text of more than 64 bytes is refused by the schema of the request',
};
