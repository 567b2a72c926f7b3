import { z } from 'zod';
import { AddressText } from '#core/units/wire.ts';
import { AllowToJoinInput } from './allow-to-join/input.ts';
import { ClaimRewardsInput } from './claim-rewards/input.ts';
import { CreateRunInput } from './create-run/input.ts';
import { SetPausedInput } from './set-paused/input.ts';
import { SetRatesInput } from './set-rates/input.ts';
import { TopUpInput } from './top-up/input.ts';
import { UpdateConfigurationInput } from './update-configuration/input.ts';

/** Every operation the app knows, by its `kind`. A new one is a line here. */
export const OperationInput = z.discriminatedUnion('kind', [
  AllowToJoinInput,
  ClaimRewardsInput,
  CreateRunInput,
  SetPausedInput,
  SetRatesInput,
  TopUpInput,
  UpdateConfigurationInput,
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

/** What a form hands to main: an operation and the keys it is done with. */
export const OperationRequest = z.strictObject({ operation: OperationInput, signers: OperationSigners });

export type OperationRequest = z.output<typeof OperationRequest>;
