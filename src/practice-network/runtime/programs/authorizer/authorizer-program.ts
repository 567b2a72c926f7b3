import { encodeAccount } from '#core/codec/account-codec.ts';
import type { Authorization, AuthorizerInstructions } from '#core/layouts/generated/authorizer.ts';
import { AUTHORIZATION_CLOSE_DELAY_SECONDS, PDA_SEEDS } from '#core/layouts/programs.ts';
import { addressFromBytes, addressToBytes } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { closeAccount, createProgramAccount, resizeAccount, storeFields } from '../anchor/account-lifecycle.ts';
import { createAccountList, type TypedAccount } from '../anchor/accounts.ts';
import { failWith } from '../anchor/anchor-error.ts';
import { createAnchorProgram } from '../anchor/anchor-program.ts';
import { requireCanonicalSeeds, requireOther, requireThat, requireWritable } from '../anchor/constraints.ts';
import type { EmulatedProgram, ProgramContext, WorkingAccount } from '../program.ts';
import { authorizationSize } from './authorization.ts';

/** Nominal: not measured on chain. */
const COMPUTE_UNITS = 12_000n;

/** The authorizer: who may do what on behalf of whom. Source: PROTOCOL §4.3. */
export function createAuthorizerProgram(): EmulatedProgram {
  return createAnchorProgram<AuthorizerInstructions>('authorizer', COMPUTE_UNITS, {
    authorization_create: createAuthorization,
    authorization_grantor_update: updateByGrantor,
    authorization_grantee_update: updateByGrantee,
    authorization_close: closeAuthorization,
  });
}

const ACCOUNT = 'authorization';

function createAuthorization(
  context: ProgramContext,
  { params: { grantee, scope } }: AuthorizerInstructions['authorization_create'],
): void {
  const list = createAccountList(context);
  const payer = list.signer('payer');
  const grantor = list.signer('grantor');
  const account = list.toBeCreated();
  list.program('system_program', SYSTEM_PROGRAM);
  const grantorBytes = addressToBytes(grantor.address);
  const seeds = [new TextEncoder().encode(PDA_SEEDS.authorization), grantorBytes, grantee, scope];
  const bump = requireCanonicalSeeds(context, ACCOUNT, account, seeds);
  const sizeBytes = authorizationSize(scope.length, 0);
  createProgramAccount(context, { payer, account, seeds: [...seeds, Uint8Array.of(bump)], sizeBytes });
  requireWritable(context, 'payer', payer);
  store(account, {
    bump,
    grantor: grantorBytes,
    grantee,
    scope,
    active: false,
    delegates: [],
    grantor_update_unix_timestamp: 0n,
  });
}

function updateByGrantor(
  context: ProgramContext,
  { params: { active } }: AuthorizerInstructions['authorization_grantor_update'],
): void {
  const list = createAccountList(context);
  const grantor = list.signer('grantor');
  const { info, value } = takeAuthorization(list, context);
  requireWritable(context, ACCOUNT, info);
  requireThat(context, ACCOUNT, addressFromBytes(value.grantor) === grantor.address);
  store(info, { ...value, active, grantor_update_unix_timestamp: context.clock.unixTimestamp });
}

function updateByGrantee(
  context: ProgramContext,
  { params }: AuthorizerInstructions['authorization_grantee_update'],
): void {
  const list = createAccountList(context);
  const payer = list.signer('payer');
  const grantee = list.signer('grantee');
  const { info, value } = takeAuthorization(list, context);
  list.program('system_program', SYSTEM_PROGRAM);
  const kept = params.delegates_clear ? [] : value.delegates;
  const delegates = [...kept, ...params.delegates_added];
  const sizeBytes = authorizationSize(value.scope.length, delegates.length);
  requireWritable(context, 'payer', payer);
  resizeAccount(context, { name: ACCOUNT, payer, account: info, sizeBytes });
  requireWritable(context, ACCOUNT, info);
  requireThat(context, ACCOUNT, addressFromBytes(value.grantee) === grantee.address);
  store(info, { ...value, delegates });
}

function closeAuthorization(context: ProgramContext): void {
  const list = createAccountList(context);
  const grantor = list.signer('grantor');
  const spill = list.systemOwned('spill');
  const { info, value } = takeAuthorization(list, context);
  list.program('system_program', SYSTEM_PROGRAM);
  requireWritable(context, 'spill', spill);
  requireWritable(context, ACCOUNT, info);
  requireThat(context, ACCOUNT, addressFromBytes(value.grantor) === grantor.address);
  requireOther(context, ACCOUNT, info, spill);
  const origin = { kind: 'handler', instruction: 'authorization_close' } as const;
  if (value.active) failWith(context, ACTIVE_IS_TRUE, origin);
  const openUntil = value.grantor_update_unix_timestamp + BigInt(AUTHORIZATION_CLOSE_DELAY_SECONDS);
  if (value.delegates.length > 0 && context.clock.unixTimestamp < openUntil) failWith(context, NOT_YET, origin);
  closeAccount(info, spill);
}

/** Source: `psyche/programs.json`, errors of the authorizer. */
const ACTIVE_IS_TRUE = { code: 6000, name: 'AuthorizationActiveIsTrue', msg: 'AuthorizationActive is true' };
const NOT_YET = {
  code: 6001,
  name: 'AuthorizationClosingConditionsNotReachedYet',
  msg: 'Authorization closing conditions not reached yet',
};

function takeAuthorization(
  list: ReturnType<typeof createAccountList>,
  { programId }: ProgramContext,
): TypedAccount<Authorization> {
  return list.borsh<Authorization>(ACCOUNT, 'authorizer', 'Authorization', programId);
}

function store(account: WorkingAccount, value: Authorization): void {
  storeFields(account, encodeAccount('authorizer', 'Authorization', value));
}
