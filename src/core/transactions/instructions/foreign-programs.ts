import type { Address } from '#core/solana/address.ts';
import {
  LOADER_V4,
  STAKE_PROGRAM,
  TOKEN_2022_PROGRAM,
  UPGRADEABLE_LOADER,
  VOTE_PROGRAM,
} from '#core/solana/program-ids.ts';
import { type InstructionFlag, type InstructionReading, typed } from './instruction-reading.ts';
import { notUnderstood } from './read-by-shape.ts';

type ForeignProgram = {
  readonly name: string;
  readonly tagBytes: 1 | 4;
  /** Instructions that hand something over, by the number the data begins with. */
  readonly dangers: ReadonlyMap<number, InstructionFlag>;
};

const LOADER_UPGRADE = typed('loader/upgrade', 'Replaces the code of a program');
const LOADER_AUTHORITY = typed('loader/set-authority', 'Changes who may replace the code of a program');
const LOADER_CLOSE = typed('loader/close', 'Closes a program or its buffer and takes its SOL');
const STAKE_AUTHORIZE = typed('stake/authorize', 'Changes who controls a stake');
const VOTE_AUTHORIZE = typed('vote/authorize', 'Changes who controls a vote account');

/** Programs known by name only. Sources: `UpgradeableLoaderInstruction`, `LoaderV4Instruction`, `StakeInstruction`, `VoteInstruction`. */
const FOREIGN: ReadonlyMap<Address, ForeignProgram> = new Map([
  [
    UPGRADEABLE_LOADER,
    {
      name: 'Upgradeable loader',
      tagBytes: 4,
      dangers: new Map([
        [3, LOADER_UPGRADE],
        [4, LOADER_AUTHORITY],
        [5, LOADER_CLOSE],
        [7, LOADER_AUTHORITY],
      ]),
    },
  ],
  [
    LOADER_V4,
    {
      name: 'Loader v4',
      tagBytes: 4,
      dangers: new Map([
        [3, LOADER_UPGRADE],
        [5, LOADER_AUTHORITY],
      ]),
    },
  ],
  [
    STAKE_PROGRAM,
    {
      name: 'Stake program',
      tagBytes: 4,
      dangers: new Map([1, 8, 10, 11].map((tag) => [tag, STAKE_AUTHORIZE])),
    },
  ],
  [
    VOTE_PROGRAM,
    {
      name: 'Vote program',
      tagBytes: 4,
      dangers: new Map([1, 7, 10, 11].map((tag) => [tag, VOTE_AUTHORIZE])),
    },
  ],
  [TOKEN_2022_PROGRAM, { name: 'Token-2022 program', tagBytes: 1, dangers: new Map() }],
]);

/** Says what little is known about an instruction of a program this app does not read. */
export function readForeign(program: Address, data: Uint8Array): InstructionReading {
  const foreign = FOREIGN.get(program);
  const name = foreign?.name ?? program;
  const unknown = typed('program/unknown', `Nobody can tell from here what ${name} will do`);
  const danger = foreign === undefined ? undefined : foreign.dangers.get(readTag(foreign, data));
  return { ...notUnderstood(name, false), flags: danger === undefined ? [unknown] : [unknown, danger] };
}

function readTag({ tagBytes }: ForeignProgram, data: Uint8Array): number {
  if (data.length < tagBytes) return -1;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  return tagBytes === 1 ? view.getUint8(0) : view.getUint32(0, true);
}
