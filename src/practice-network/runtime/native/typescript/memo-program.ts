import { InstructionFailure } from '../../instruction-failure.ts';
import type { EmulatedProgram } from '../../programs/program.ts';
import { decodeText } from './data-reader.ts';

/** The memo program: logs who signed and what they say. Logs as in version 4, measured on the engine; its units are nominal. */
export const memoProgram: EmulatedProgram = {
  computeUnits: 600n,
  run: ({ accounts, data, log }) => {
    if (accounts.length > 0) {
      log('Signed by:');
      // An address named twice counts once.
      for (const { isSigner, address } of new Set(accounts)) if (isSigner) log(address);
      if (accounts.some(({ isSigner }) => !isSigner)) throw new InstructionFailure('MissingRequiredSignature');
    }
    log(`Memo (len ${data.length})`);
    const text = decodeText(data);
    if (text === undefined) throw new InstructionFailure('ProgramFailedToComplete', 'Invalid string');
    log(text);
  },
};

/** The first memo program: only looks whether the bytes are text. */
export const memoV1Program: EmulatedProgram = {
  computeUnits: 600n,
  run: ({ data }) => {
    if (decodeText(data) === undefined) throw new InstructionFailure('InvalidInstructionData');
  },
};
