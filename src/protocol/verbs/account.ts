import { decodePsycheAccount, psycheAccountToJson } from '#core/accounts/psyche-account.ts';
import { readBytes } from '../input.ts';

/**
 * Raw account bytes → what they say, as `decoded` in the fixtures. The discriminator decides the kind.
 *
 * @throws AppError `codec/unknown-account`, `account/size`, `account/version`, `codec/…`
 */
export function account(file: string): unknown {
  return psycheAccountToJson(decodePsycheAccount(readBytes(file)));
}
