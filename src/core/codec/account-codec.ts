import { bytesToHex } from '@noble/hashes/utils.js';
import { AppError } from '#core/errors/app-error.ts';
import type { AuthorizerAccounts } from '#core/layouts/generated/authorizer.ts';
import type { CoordinatorAccounts } from '#core/layouts/generated/coordinator.ts';
import type { TreasurerAccounts } from '#core/layouts/generated/treasurer.ts';
import type { ProgramName } from '#core/layouts/programs.ts';
import { decodeBorsh } from './borsh-read.ts';
import { encodeBorsh } from './borsh-write.ts';
import type { FieldNode } from './field-node.ts';
import { accountInterface, startsWith } from './program-interface.ts';

/** The account types of each program that are stored in Borsh. */
type ProgramAccounts = {
  coordinator: Omit<CoordinatorAccounts, 'CoordinatorAccount'>;
  treasurer: TreasurerAccounts;
  authorizer: AuthorizerAccounts;
};

/** Account data, understood. `value` follows the generated types. */
export type DecodedAccount<T = Readonly<Record<string, unknown>>> = {
  readonly value: T;
  readonly fields: readonly FieldNode[];
  /** Bytes in use; programs allocate more for some accounts and leave the rest zero. */
  readonly usedBytes: number;
};

/**
 * Data of a Borsh account: discriminator and fields, without the bytes the program allocates beyond them.
 *
 * @throws AppError `codec/unknown-account` and what `encodeBorsh` refuses
 */
export function encodeAccount(program: ProgramName, accountName: string, value: Readonly<Record<string, unknown>>) {
  const account = accountInterface(program, accountName);
  return encodeBorsh(account.shape, value, account.discriminator);
}

/**
 * Reads a Borsh account. Bytes after the last field are accepted, as the programs do (PROTOCOL §5.1).
 *
 * @throws AppError `codec/unknown-account`, `account/discriminator` and what `decodeBorsh` refuses
 */
export function decodeAccount<P extends ProgramName, N extends keyof ProgramAccounts[P] & string>(
  program: P,
  accountName: N,
  data: Uint8Array,
): DecodedAccount<ProgramAccounts[P][N]>;
export function decodeAccount(program: ProgramName, accountName: string, data: Uint8Array): DecodedAccount;
export function decodeAccount(program: ProgramName, accountName: string, data: Uint8Array): DecodedAccount {
  const { discriminator, shape } = accountInterface(program, accountName);
  checkDiscriminator(discriminator, data);
  const { value, fields, end } = decodeBorsh(shape, data, discriminator.length, true);
  return { value: value as DecodedAccount['value'], fields, usedBytes: end };
}

/** @throws AppError `account/discriminator` */
export function checkDiscriminator(discriminator: Uint8Array, data: Uint8Array): void {
  if (startsWith(data, discriminator)) return;
  const actual = bytesToHex(data.subarray(0, discriminator.length));
  throw new AppError('account/discriminator', { expected: bytesToHex(discriminator), actual });
}
