import { bytesToHex } from '@noble/hashes/utils.js';
import { encodeInstruction } from '#core/codec/instruction-codec.ts';
import { checkConfig } from './check-config.ts';
import { parseConfig } from './parse-config.ts';

/** The arguments of `update` that a file turns into, in Borsh. */
type UpdateArgs = { readonly updateArgsHex: { readonly config: string; readonly model: string } };

/** What a configuration file means for scripts, in the shape of the configuration vectors. */
type ConfigResult =
  | ({
      readonly ok: true;
      /** The whole instruction data of a direct `update`. */
      readonly coordinatorUpdateDataHex: string;
      readonly warnings?: readonly { readonly path: string; readonly why: string }[];
    } & UpdateArgs)
  | {
      readonly ok: false;
      readonly stage: 'parse';
      readonly path: string;
      readonly why: string;
      readonly message: string;
      readonly line: number;
      readonly column: number;
    }
  | ({
      readonly ok: false;
      readonly stage: 'onchain-check';
      readonly path: string;
      readonly why: string;
      readonly message: string;
      readonly errorCode: number;
      readonly errorName: string;
      readonly log: string | null;
    } & UpdateArgs);

/** Reads and checks a configuration file as the command line and the program would; a refusal is a result. */
export function configResult(text: string): ConfigResult {
  const reading = parseConfig(text);
  if (reading.kind === 'refused') {
    const [problem = { path: '', why: 'toml-syntax', message: '', line: 1, column: 1 }] = reading.problems;
    const { path, why, message, line, column } = problem;
    return { ok: false, stage: 'parse', path, why, message, line, column };
  }
  const { config, model } = reading;
  const data = encodeInstruction('coordinator', 'update', { metadata: null, config, model, progress: null });
  const [broken] = checkConfig(config, model);
  if (broken) {
    const { path, why, message, code: errorCode, errorName, log } = broken;
    return { ok: false, stage: 'onchain-check', path, why, message, errorCode, errorName, log, ...updateArgs(data) };
  }
  const warnings = reading.warnings.map(({ path, why }) => ({ path, why }));
  return {
    ok: true,
    ...updateArgs(data),
    coordinatorUpdateDataHex: bytesToHex(data),
    ...(warnings.length > 0 && { warnings }),
  };
}

/** Bytes of `CoordinatorConfig` in Borsh, and of the discriminator in front of the arguments. Source: PROTOCOL.md §3. */
const CONFIG_BYTES = 64;
const DISCRIMINATOR_BYTES = 8;

/** Cuts the parts out of the instruction, so that they are the very bytes that would be sent. */
function updateArgs(data: Uint8Array): UpdateArgs {
  // discriminator, 00 (no metadata), 01, configuration, 01, model, 00 (no progress)
  const configStart = DISCRIMINATOR_BYTES + 2;
  const modelStart = configStart + CONFIG_BYTES + 1;
  return {
    updateArgsHex: {
      config: bytesToHex(data.subarray(configStart, configStart + CONFIG_BYTES)),
      model: bytesToHex(data.subarray(modelStart, -1)),
    },
  };
}
