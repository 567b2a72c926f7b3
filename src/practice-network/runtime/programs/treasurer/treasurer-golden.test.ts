import { hexToBytes } from '@noble/hashes/utils.js';
import { describe, expect, test } from 'vitest';
import { argsFromJson } from '#core/accounts/to-json.ts';
import { decodeAccount } from '#core/codec/account-codec.ts';
import { encodeInstruction } from '#core/codec/instruction-codec.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import type { RunUpdateParams, TreasurerInstructions } from '#core/layouts/generated/treasurer.ts';
import { type Address, addressToBytes, parseAddress } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { readTokenAccount } from '#practice/chain/token-accounts.ts';
import { codeOf } from '#test/practice/coordinator-steps.ts';
import { createStage, type Stage, testAddress } from '#test/practice/stage.ts';
import {
  putEarnings,
  putEmptyCoordinatorAccount,
  putMint,
  putTokens,
  runCreateInstruction,
  treasurerKeys,
} from '#test/practice/treasurer-run.ts';
import { programInstruction } from '#test/practice/trace-instructions.ts';
import { psycheJson } from '#test/psyche-files.ts';
import type { Instruction } from '../../native/native-executor.ts';

type Vector = {
  name: string;
  program: string;
  instruction: keyof TreasurerInstructions;
  inputs: { keys: Record<string, string | null>; args: Record<string, unknown> };
  dataHex: string;
  accounts: { name: string; pubkey: string; isSigner: boolean; isWritable: boolean }[];
};

const vectors = psycheJson<{ vectors: Vector[] }>('vectors/instructions.json').vectors;
const vectorsOf = (instruction: keyof TreasurerInstructions) =>
  vectors.filter((vector) => vector.program === 'treasurer' && vector.instruction === instruction);

/** The vector as it stands: its bytes, its accounts. */
function golden({ dataHex, accounts }: Vector): Instruction {
  return {
    programId: parseAddress('EnU7DRx5az5YWxaxgqEGbXSYtudcfnjXewyBRRZCjJPw'),
    accounts: accounts.map(({ pubkey, isSigner, isWritable }) => ({
      address: parseAddress(pubkey),
      isSigner,
      isWritable,
    })),
    data: hexToBytes(dataHex),
  };
}

function key({ inputs }: Vector, name: string): Address {
  return parseAddress(inputs.keys[name] ?? '');
}

function paramsOf<N extends keyof TreasurerInstructions>(vector: Vector): TreasurerInstructions[N]['params'] {
  const { instruction, inputs } = vector;
  return argsFromJson('treasurer', instruction, inputs.args)['params'] as TreasurerInstructions[N]['params'];
}

function fund(stage: Stage, address: Address): void {
  const data = new Uint8Array(0);
  stage.accounts.set(address, { lamports: 10_000_000_000n, data, owner: SYSTEM_PROGRAM, executable: false });
}

/** The run a vector speaks of, created at the addresses it names. */
function createRun(stage: Stage, vector: Vector, authority: Address, account: Address): void {
  const runId = vector.inputs.keys['run_id'] ?? '';
  const mint = parseAddress(vector.inputs.keys['collateral_mint'] ?? testAddress(70));
  const keys = treasurerKeys(stage.fund(1), runId, { collateral_mint: mint, coordinator_account: account });
  putMint(stage, mint);
  putEmptyCoordinatorAccount(stage, account);
  stage.land([runCreateInstruction(keys, runId, { main_authority: addressToBytes(authority) })]);
  expect(keys.run).toBe(vector.inputs.keys['run']);
}

function bytesAt(stage: Stage, address: Address): Uint8Array {
  return stage.accounts.get(address)?.data ?? new Uint8Array(0);
}

describe('golden bytes', () => {
  test.each(vectorsOf('run_create'))('$name creates the run, its vault and the coordinator run', (vector) => {
    const stage = createStage();
    fund(stage, key(vector, 'payer'));
    putMint(stage, key(vector, 'collateral_mint'));
    putEmptyCoordinatorAccount(stage, key(vector, 'coordinator_account'));
    stage.land([golden(vector)]);
    const params = paramsOf<'run_create'>(vector);
    const run = bytesAt(stage, key(vector, 'run'));
    expect(run).toHaveLength(200);
    expect(decodeAccount('treasurer', 'Run', run).value).toMatchObject({
      index: params.index,
      main_authority: params.main_authority,
      join_authority: params.join_authority,
      coordinator_account: addressToBytes(key(vector, 'coordinator_account')),
      coordinator_instance: addressToBytes(key(vector, 'coordinator_instance')),
      collateral_mint: addressToBytes(key(vector, 'collateral_mint')),
      total_claimed_collateral_amount: 0n,
      total_claimed_earned_points: 0n,
    });
    expect(readTokenAccount(stage.accounts.get(key(vector, 'run_collateral')))).toMatchObject({
      owner: key(vector, 'run'),
      mint: key(vector, 'collateral_mint'),
      amount: 0n,
    });
    const instance = bytesAt(stage, key(vector, 'coordinator_instance'));
    expect(decodeAccount('coordinator', 'CoordinatorInstance', instance).value).toMatchObject({
      main_authority: addressToBytes(key(vector, 'run')),
      join_authority: params.join_authority,
      run_id: params.run_id,
    });
  });

  const outcomes: Readonly<Record<string, number>> = {
    'treasurer.run_update/pause': 6015,
    'treasurer.run_update/resume': 6004,
    // Its cold start asks for more rounds than an epoch has.
    'treasurer.run_update/everything': 6004,
    'treasurer.run_update/largest': 6004,
  };
  test.each(vectorsOf('run_update'))('$name hands on exactly what it holds, in order', (vector) => {
    const stage = createStage();
    fund(stage, key(vector, 'authority'));
    createRun(stage, vector, key(vector, 'authority'), key(vector, 'coordinator_account'));
    const result = stage.send([golden(vector)]);
    const expected = expectedCalls(paramsOf<'run_update'>(vector));
    const made = result.innerInstructions.flatMap(({ instructions }) => instructions).map(({ data }) => data);
    const code = outcomes[vector.name];
    if (code === undefined) {
      expect(result.err).toBeNull();
      expect(made).toEqual(expected);
      const { nonce } = decodeCoordinatorAccount(bytesAt(stage, key(vector, 'coordinator_account')));
      expect(nonce).toBe(BigInt(expected.length - (vector.name.endsWith('/version') ? 1 : 0)));
    } else {
      expect(codeOf(result)).toBe(code);
      expect(made.length).toBeGreaterThan(0);
      expect(made).toEqual(expected.slice(0, made.length));
    }
  });

  test.each(vectorsOf('participant_create'))('$name begins a record at zero', (vector) => {
    const stage = createStage();
    for (const name of ['payer', 'user']) fund(stage, key(vector, name));
    createRun(stage, vector, testAddress(2), testAddress(50));
    stage.land([golden(vector)]);
    const participant = bytesAt(stage, key(vector, 'participant'));
    expect(participant).toHaveLength(32);
    expect(decodeAccount('treasurer', 'Participant', participant).value).toMatchObject({
      claimed_collateral_amount: 0n,
      claimed_earned_points: 0n,
    });
  });

  test.each(vectorsOf('participant_claim'))('$name pays what was earned', (vector) => {
    const stage = createStage();
    const [user, run, mint] = [key(vector, 'user'), key(vector, 'run'), key(vector, 'collateral_mint')];
    const account = key(vector, 'coordinator_account');
    const amount = paramsOf<'participant_claim'>(vector).claim_earned_points;
    fund(stage, user);
    createRun(stage, vector, testAddress(2), account);
    putEarnings(stage, account, [[user, amount]]);
    putTokens(stage, key(vector, 'run_collateral'), mint, run, amount);
    putTokens(stage, key(vector, 'user_collateral'), mint, user, 0n);
    const keys = { payer: user, user, run, participant: key(vector, 'participant') };
    stage.land([programInstruction('treasurer', 'participant_create', { params: {} }, keys)]);
    stage.land([golden(vector)]);
    expect(readTokenAccount(stage.accounts.get(key(vector, 'user_collateral')))?.amount).toBe(amount);
    expect(readTokenAccount(stage.accounts.get(key(vector, 'run_collateral')))?.amount).toBe(0n);
    expect(decodeAccount('treasurer', 'Run', bytesAt(stage, run)).value.total_claimed_earned_points).toBe(amount);
  });
});

/** The coordinator instructions the program must make of an update, built by the app's own encoder. */
function expectedCalls(params: RunUpdateParams): Uint8Array[] {
  const { metadata, config, model, progress, paused, client_version: version, ...rates } = params;
  const calls: Uint8Array[] = [];
  const parts = { metadata, config, model, progress };
  if (Object.values(parts).some((part) => part !== null)) calls.push(encodeInstruction('coordinator', 'update', parts));
  if (Object.values(rates).some((rate) => rate !== null)) {
    calls.push(encodeInstruction('coordinator', 'set_future_epoch_rates', rates));
  }
  if (paused !== null) calls.push(encodeInstruction('coordinator', 'set_paused', { paused }));
  if (version !== null) {
    calls.push(encodeInstruction('coordinator', 'update_client_version', { new_version: version }));
  }
  return calls;
}
