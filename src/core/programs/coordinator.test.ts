import { bytesToHex } from '@noble/hashes/utils.js';
import { PublicKey, type TransactionInstruction } from '@solana/web3.js';
import { describe, expect, test } from 'vitest';
import { argsFromJson } from '#core/accounts/to-json.ts';
import { DEFAULT_PROGRAM_IDS, type ProgramName } from '#core/layouts/programs.ts';
import { parseAddress, type Address } from '#core/solana/address.ts';
import { addressWithSeed } from '#core/solana/pda.ts';
import { psycheJson } from '#test/psyche-files.ts';
import {
  createRunAccount,
  freeCoordinator,
  recordCheckpoint,
  setFutureRates,
  setPaused,
  tick,
  update,
  updateClientVersion,
} from './coordinator.ts';
import { updateRewardedRun } from './treasurer.ts';

type Vector = {
  name: string;
  program: ProgramName;
  instruction: string;
  inputs: { keys: Record<string, string>; args: Record<string, unknown> };
  dataHex: string;
  accounts: { name: string; pubkey: string; isSigner: boolean; isWritable: boolean }[];
};

const BUILDERS: Readonly<Record<string, (vector: Vector) => TransactionInstruction>> = {
  free_coordinator: (vector) => freeCoordinator(placeOf(vector), key(vector, 'authority'), key(vector, 'spill')),
  tick: (vector) => tick(placeOf(vector), key(vector, 'user')),
  checkpoint: (vector) => recordCheckpoint(placeOf(vector), key(vector, 'user'), argsOf(vector)['repo'] as never),
  set_paused: (vector) => setPaused(placeOf(vector), key(vector, 'authority'), argsOf(vector)['paused'] === true),
  update: (vector) => update(placeOf(vector), key(vector, 'authority'), given(argsOf(vector))),
  update_client_version: (vector) =>
    updateClientVersion(placeOf(vector), key(vector, 'authority'), String(argsOf(vector)['new_version'])),
  set_future_epoch_rates(vector) {
    const rates = given(argsOf(vector));
    return setFutureRates(placeOf(vector), key(vector, 'authority'), {
      earning: rates['epoch_earning_rate_total_shared'] as bigint | undefined,
      slashing: rates['epoch_slashing_rate_per_client'] as bigint | undefined,
    });
  },
  run_update: (vector) =>
    updateRewardedRun(
      { ...placeOf(vector), treasurerRun: key(vector, 'run') },
      key(vector, 'authority'),
      given(argsOf(vector)['params'] as Record<string, unknown>),
    ),
};

const vectors = psycheJson<{ vectors: Vector[] }>('vectors/instructions.json').vectors.filter(
  ({ instruction }) => instruction in BUILDERS,
);

function key({ inputs }: Vector, role: string): Address {
  return parseAddress(inputs.keys[role] ?? '');
}

function placeOf(vector: Vector) {
  return {
    instance: key(vector, 'coordinator_instance'),
    account: key(vector, 'coordinator_account'),
    programs: DEFAULT_PROGRAM_IDS,
  };
}

function argsOf({ program, instruction, inputs }: Vector): Record<string, unknown> {
  return { ...argsFromJson(program, instruction, inputs.args) };
}

/** What an operation hands over: parts that stay are absent. */
function given(args: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(args).filter(([, value]) => value !== null));
}

describe('the bytes and accounts of the command line’s instructions, on both routes', () => {
  test.each(vectors)('$name', (vector) => {
    const { data, keys } = BUILDERS[vector.instruction]?.(vector) ?? {};
    expect(bytesToHex(new Uint8Array(data ?? []))).toBe(vector.dataHex);
    expect(keys?.map(({ pubkey, ...flags }) => ({ pubkey: pubkey.toBase58(), ...flags }))).toEqual(
      vector.accounts.map(({ pubkey, isSigner, isWritable }) => ({ pubkey, isSigner, isWritable })),
    );
  });
});

test('derives an address from a seed as web3.js does, and the base signs for it', async () => {
  const base = parseAddress('ZFMczrHYYqYaMdhtH6Qq6GeZhMWS1vo1WqrYBUPCm5R');
  const payer = parseAddress('8zqdthQxUfVwu4srzf6bYycupQTLSVsDXSHw7ANRye8q');
  const { coordinator } = DEFAULT_PROGRAM_IDS;
  for (const text of ['', 'atlas-7', 'é'.repeat(16)]) {
    const account = addressWithSeed(base, text, coordinator);
    const wanted = await PublicKey.createWithSeed(new PublicKey(base), text, new PublicKey(coordinator));
    expect(account).toBe(wanted.toBase58());
    const place = { instance: base, account, programs: DEFAULT_PROGRAM_IDS };
    const { keys } = createRunAccount(place, { payer, rentLamports: 1n, seed: { base, text } });
    expect(keys.filter(({ isSigner }) => isSigner).map(({ pubkey }) => pubkey.toBase58())).toEqual([payer, base]);
  }
  expect(() => addressWithSeed(base, 'x'.repeat(33), coordinator)).toThrow(
    expect.objectContaining({ code: 'pda/seed-too-long' }) as Error,
  );
});
