import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';
import { AdvanceNonceInput } from './advance-nonce/input.ts';
import { AllowManyInput } from './allow-many/input.ts';
import { AllowToJoinInput } from './allow-to-join/input.ts';
import { AuthorizeNonceInput } from './authorize-nonce/input.ts';
import { ClaimRewardsInput } from './claim-rewards/input.ts';
import { CheckpointInput } from './checkpoint/input.ts';
import { CloseNonceInput } from './close-nonce/input.ts';
import { CloseRunInput } from './close-run/input.ts';
import { CloseAuthorizationInput } from './close-authorization/input.ts';
import { CreateNonceAccountsInput } from './create-nonce-accounts/input.ts';
import { CreateRunInput } from './create-run/input.ts';
import { FundNonceInput } from './fund-nonce/input.ts';
import { SetAuthorizationActiveInput } from './set-authorization-active/input.ts';
import { SetDelegatesInput } from './set-delegates/input.ts';
import { SetPausedInput } from './set-paused/input.ts';
import { SetRatesInput } from './set-rates/input.ts';
import { TickInput } from './tick/input.ts';
import { TopUpInput } from './top-up/input.ts';
import { UpdateConfigurationInput } from './update-configuration/input.ts';
import { WithdrawNonceInput } from './withdraw-nonce/input.ts';

/** Every operation the app knows, by its `kind`. A new one is a line here. */
export const OperationInput = z.discriminatedUnion('kind', [
  AllowManyInput,
  AllowToJoinInput,
  ClaimRewardsInput,
  CheckpointInput,
  CloseRunInput,
  CloseAuthorizationInput,
  CreateRunInput,
  SetAuthorizationActiveInput,
  SetDelegatesInput,
  SetPausedInput,
  SetRatesInput,
  TickInput,
  TopUpInput,
  UpdateConfigurationInput,
  CreateNonceAccountsInput,
  FundNonceInput,
  AdvanceNonceInput,
  AuthorizeNonceInput,
  WithdrawNonceInput,
  CloseNonceInput,
]);

export type OperationInput = z.output<typeof OperationInput>;

/** Who signs what: three keys that may be three people's. */
export const OperationSigners = z.strictObject({
  /** Pays fees and rent. */
  payer: AddressText,
  /** Owns and configures the run (`main_authority`). */
  authority: AddressText,
  /** Lets clients in (`join_authority`, the authorizer's grantor). Needs no SOL. */
  joinAuthority: AddressText,
});

export type OperationSigners = z.output<typeof OperationSigners>;

/** A durable nonce instead of a recent blockhash: one account, or any that is free. */
export const NonceChoice = z.strictObject({ kind: z.literal('nonce'), account: AddressText.optional() });

export type NonceChoice = z.output<typeof NonceChoice>;

/** What a form hands to main: an operation, the keys it is done with, and what its transactions live by. */
export const OperationRequest = z.strictObject({
  operation: OperationInput,
  signers: OperationSigners,
  /** Absent: a recent blockhash, about half a minute. */
  lifetime: NonceChoice.optional(),
});

export type OperationRequest = z.output<typeof OperationRequest>;
