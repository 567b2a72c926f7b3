import { z } from 'zod';
import { type AppError, isAppError } from '#core/errors/app-error.ts';
import type { Account } from '#core/ports.ts';
import type { Address } from '#core/solana/address.ts';
import { UPGRADEABLE_LOADER } from '#core/solana/program-ids.ts';
import { AddressText, U64 } from '#core/units/wire.ts';
import { decodeProgramAccount, decodeProgramDataHead, programDataAddress } from './loader-state.ts';

/** The most an account can hold. Source: Solana SDK, `MAX_PERMITTED_DATA_LENGTH`. */
export const MAX_PROGRAM_DATA_BYTES = 10 * 1024 * 1024;

/** One build of a program, as it was deployed. */
export const Build = z.strictObject({
  /** SHA-256 of the executable without the zeros at its end, hex. */
  executableHash: z.string().regex(/^[0-9a-f]{64}$/),
  /** Slot of the last deploy. */
  deploySlot: U64,
  /** Who can replace it. Absent: nobody, it is final. */
  authority: AddressText.optional(),
  /** Of the account that holds it, bytes. */
  sizeBytes: z.int().nonnegative(),
});

export type Build = z.output<typeof Build>;

/** What was found at the address of a program. */
export const Deployment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('deployed'), programData: AddressText, build: Build }),
  z.strictObject({ kind: z.literal('missing') }),
  /** The program account is there, its code is gone for good. */
  z.strictObject({ kind: z.literal('closed'), programData: AddressText }),
  z.strictObject({ kind: z.literal('not-executable'), owner: AddressText }),
  /** Executable, but not in the hands of the upgradeable loader. */
  z.strictObject({ kind: z.literal('foreign-loader'), owner: AddressText }),
  z.strictObject({ kind: z.literal('malformed'), reason: z.string() }),
  z.strictObject({ kind: z.literal('too-large'), sizeBytes: z.number(), maxBytes: z.number() }),
  /** The endpoint did not answer: code and parameters of the error. */
  z.strictObject({ kind: z.literal('unread'), code: z.string(), params: z.record(z.string(), z.unknown()) }),
]);

export type Deployment = z.output<typeof Deployment>;

/** A deployed program of which all but the hash is known. */
export type DeployedHead = {
  readonly kind: 'head';
  readonly programData: Address;
  readonly head: Omit<Build, 'executableHash'>;
};

/**
 * What the program account and the first bytes of the account of its code say.
 *
 * @param codeAccount - at `programDataAddress(program)`; its data may be the first 45 bytes alone
 */
export function readDeployment(
  program: Address,
  programAccount: Account | undefined,
  codeAccount: Account | undefined,
): DeployedHead | Exclude<Deployment, { kind: 'deployed' | 'unread' }> {
  if (!programAccount) return { kind: 'missing' };
  const { executable, owner } = programAccount;
  if (!executable) return { kind: 'not-executable', owner };
  if (owner !== UPGRADEABLE_LOADER) return { kind: 'foreign-loader', owner };
  try {
    const programData = decodeProgramAccount(programAccount.data);
    if (programData !== programDataAddress(program)) {
      return { kind: 'malformed', reason: 'it names an account for its code that no loader would give it' };
    }
    if (!codeAccount) return { kind: 'closed', programData };
    if (codeAccount.owner !== UPGRADEABLE_LOADER) {
      return { kind: 'malformed', reason: 'the account of its code does not belong to the loader' };
    }
    const sizeBytes = codeAccount.space;
    if (sizeBytes > MAX_PROGRAM_DATA_BYTES) return { kind: 'too-large', sizeBytes, maxBytes: MAX_PROGRAM_DATA_BYTES };
    const head = decodeProgramDataHead(codeAccount.data);
    if (!head) return { kind: 'closed', programData };
    const { deploySlot, authority } = head;
    return { kind: 'head', programData, head: { deploySlot, sizeBytes, ...(authority && { authority }) } };
  } catch (cause) {
    if (!isAppError(cause) || cause.code !== 'program/malformed') throw cause;
    return { kind: 'malformed', reason: (cause as AppError<'program/malformed'>).params.reason };
  }
}
