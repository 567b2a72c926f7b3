import { AppError } from '#core/errors/app-error.ts';
import type { ChainReader } from '#core/ports.ts';
import type { DeployedHead } from '#core/programs-deployed/deployment.ts';
import { createExecutableHash } from '#core/programs-deployed/executable-hash.ts';
import { decodeProgramDataHead, PROGRAM_DATA_HEADER_BYTES } from '#core/programs-deployed/loader-state.ts';
import type { Address } from '#core/solana/address.ts';

/** Bytes asked for at once: small enough to be decoded and hashed without holding main up. */
const SLICE_BYTES = 128 * 1024;

/**
 * Reads the code of a program part by part and hashes it. The parts are of one build: neither slot nor size moved meanwhile.
 *
 * @returns SHA-256 without the zeros at the end, hex
 * @throws AppError `program/changing`, `program/malformed`, `rpc/…`
 */
export async function readExecutableHash(
  chain: Pick<ChainReader, 'readAccounts'>,
  program: Address,
  { programData, head }: DeployedHead,
): Promise<string> {
  const read = async (offset: number, length: number) => {
    const [account] = (await chain.readAccounts([programData], { offset, length })).accounts;
    if (account?.space !== head.sizeBytes || account.data.length !== length) {
      throw new AppError('program/changing', { program });
    }
    return account.data;
  };
  const hash = createExecutableHash();
  for (let offset = PROGRAM_DATA_HEADER_BYTES; offset < head.sizeBytes; offset += SLICE_BYTES) {
    hash.update(await read(offset, Math.min(SLICE_BYTES, head.sizeBytes - offset)));
  }
  const now = decodeProgramDataHead(await read(0, PROGRAM_DATA_HEADER_BYTES));
  if (now?.deploySlot !== head.deploySlot) throw new AppError('program/changing', { program });
  return hash.hex();
}
