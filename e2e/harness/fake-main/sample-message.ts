import { encodeInstruction, instructionAccounts } from '#core/codec/instruction-codec.ts';
import { DEFAULT_PROGRAM_IDS, type ProgramName } from '#core/layouts/programs.ts';
import { type Address, parseAddress } from '#core/solana/address.ts';
import { encodeMessage } from '#core/solana/message.ts';
import { addressOf } from './sample-addresses.ts';

type Meta = { readonly address: Address; readonly isSigner: boolean; readonly isWritable: boolean };

export type SampleInstruction = {
  readonly program: Address;
  readonly metas: readonly Meta[];
  readonly data: Uint8Array;
};

/** An instruction of a run program with its accounts by name; constant accounts are filled in. */
export function programInstruction(
  program: ProgramName,
  name: string,
  args: Record<string, unknown>,
  accounts: Readonly<Record<string, Address>>,
): SampleInstruction {
  return {
    program: DEFAULT_PROGRAM_IDS[program],
    data: encodeInstruction(program, name, args),
    metas: instructionAccounts(program, name).map((account) => ({
      address: account.constant ? parseAddress(account.constant) : (accounts[account.name] ?? addressOf(account.name)),
      isSigner: account.isSigner,
      isWritable: account.isWritable,
    })),
  };
}

/** Legacy message bytes of instructions: payer first, then signers, then the rest, writable before read-only. */
export function legacyMessage(payer: Address, instructions: readonly SampleInstruction[]): Uint8Array {
  const metas = new Map<Address, Meta>([[payer, { address: payer, isSigner: true, isWritable: true }]]);
  const programs = instructions.map(({ program }) => ({ address: program, isSigner: false, isWritable: false }));
  for (const meta of [...instructions.flatMap((instruction) => instruction.metas), ...programs]) {
    const known = metas.get(meta.address);
    metas.set(meta.address, {
      address: meta.address,
      isSigner: meta.isSigner || (known?.isSigner ?? false),
      isWritable: meta.isWritable || (known?.isWritable ?? false),
    });
  }
  const keys = [...metas.values()].toSorted((one, other) => rank(one) - rank(other));
  const indexOf = (address: Address) => keys.findIndex((key) => key.address === address);
  return encodeMessage({
    version: 'legacy',
    header: {
      requiredSignatures: keys.filter(({ isSigner }) => isSigner).length,
      readonlySigned: keys.filter(({ isSigner, isWritable }) => isSigner && !isWritable).length,
      readonlyUnsigned: keys.filter(({ isSigner, isWritable }) => !isSigner && !isWritable).length,
    },
    staticKeys: keys.map(({ address }) => address),
    recentBlockhash: addressOf('blockhash'),
    instructions: instructions.map(({ program, metas: given, data }) => ({
      programIndex: indexOf(program),
      accountIndexes: given.map(({ address }) => indexOf(address)),
      data,
      dataOffset: 0,
    })),
    lookups: [],
  });
}

function rank({ isSigner, isWritable }: Meta): number {
  return (isSigner ? 0 : 2) + (isWritable ? 0 : 1);
}
