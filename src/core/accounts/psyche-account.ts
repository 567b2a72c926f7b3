import { bytesToHex } from '@noble/hashes/utils.js';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { programInterface, startsWith } from '#core/codec/program-interface.ts';
import { AppError } from '#core/errors/app-error.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import { PROGRAM_NAMES, type ProgramName } from '#core/layouts/programs.ts';
import { accountToJson, type Json } from './to-json.ts';

/** An account of one of the three programs, told by its first eight bytes alone. */
export type PsycheAccount = {
  readonly program: ProgramName;
  readonly account: string;
  /** Follows the generated types. */
  readonly value: unknown;
};

/**
 * Decodes account data whose owner is not known.
 *
 * @throws AppError `codec/unknown-account`, `account/…`, `codec/…`
 */
export function decodePsycheAccount(data: Uint8Array): PsycheAccount {
  for (const program of PROGRAM_NAMES) {
    const found = programInterface(program).accounts.find(({ discriminator }) => startsWith(data, discriminator));
    if (!found) continue;
    const account = found.name;
    if (account === 'CoordinatorAccount') return { program, account, value: decodeCoordinatorAccount(data) };
    return { program, account, value: decodeAccount(program, account, data).value };
  }
  const start = bytesToHex(data.subarray(0, 8));
  throw new AppError('codec/unknown-account', { program: PROGRAM_NAMES.join(', '), account: start });
}

/** The decoded value as JSON: 64-bit numbers as decimal strings, keys in base58, other bytes in hex. */
export function psycheAccountToJson({ program, account, value }: PsycheAccount): Json {
  return accountToJson(program, account, value);
}
