import { BN, Program, type Idl } from '@coral-xyz/anchor';
import { Connection, PublicKey } from '@solana/web3.js';
import { expect, test } from 'vitest';
import authorizerIdl from '#idl/authorizer.json' with { type: 'json' };
import coordinatorIdl from '#idl/coordinator.json' with { type: 'json' };
import treasurerIdl from '#idl/treasurer.json' with { type: 'json' };
import { psycheJson } from '#test/psyche-files.ts';

/** Somebody else's script uses our IDL files with Anchor's client, which also derives addresses from them. */
type Vector = {
  name: string;
  instruction: string;
  inputs: { args: { params: Record<string, string> } };
  dataHex: string;
  accounts: { name: string; pubkey: string; isSigner: boolean; isWritable: boolean }[];
};

const { vectors } = psycheJson<{ vectors: Vector[] }>('vectors/instructions.json');

test('a run is created with nothing but payer and account given', async () => {
  const vector = find('coordinator.init_coordinator/plain');
  const { main_authority, join_authority, run_id, client_version } = vector.inputs.args.params;
  const args = {
    mainAuthority: key(main_authority),
    joinAuthority: key(join_authority),
    runId: run_id,
    clientVersion: client_version,
  };
  expect(await build(coordinatorIdl, vector, [args], ['payer', 'coordinator_account'])).toEqual(expected(vector));
});

test('a run is paused with its accounts given', async () => {
  const vector = find('coordinator.set_paused/pause');
  const given = ['authority', 'coordinator_instance', 'coordinator_account'];
  expect(await build(coordinatorIdl, vector, [true], given)).toEqual(expected(vector));
});

test('a run with rewards is created: run and its token account are derived', async () => {
  const vector = find('treasurer.run_create/derived-index');
  const { index, run_id, client_version, main_authority, join_authority } = vector.inputs.args.params;
  const args = {
    index: new BN(index ?? ''),
    runId: run_id,
    clientVersion: client_version,
    mainAuthority: key(main_authority),
    joinAuthority: key(join_authority),
  };
  const given = ['payer', 'collateral_mint', 'coordinator_instance', 'coordinator_account'];
  expect(await build(treasurerIdl, vector, [args], given)).toEqual(expected(vector));
});

test('an authorization is created: its address is derived', async () => {
  const vector = find('authorizer.authorization_create/user');
  const { grantee, scope } = vector.inputs.args.params;
  const args = { grantee: key(grantee), scope: Buffer.from(scope ?? '', 'hex') };
  expect(await build(authorizerIdl, vector, [args], ['payer', 'grantor'])).toEqual(expected(vector));
});

/** The instruction as Anchor builds it from the given accounts. The connection is never asked. */
async function build(idl: unknown, vector: Vector, args: readonly unknown[], given: readonly string[]) {
  const program = new Program(idl as Idl, { connection: new Connection('http://127.0.0.1:1') });
  const accounts = vector.accounts.filter(({ name }) => given.includes(name));
  const method = program.methods[camelCase(vector.instruction)];
  if (!method) throw new Error(`Anchor does not offer ${vector.instruction}`);
  const instruction = await method(...args)
    .accountsPartial(Object.fromEntries(accounts.map(({ name, pubkey }) => [camelCase(name), pubkey])))
    .instruction();
  return {
    dataHex: instruction.data.toString('hex'),
    keys: instruction.keys.map(({ pubkey, isSigner, isWritable }) => [pubkey.toBase58(), isSigner, isWritable]),
  };
}

function expected({ dataHex, accounts }: Vector) {
  return { dataHex, keys: accounts.map(({ pubkey, isSigner, isWritable }) => [pubkey, isSigner, isWritable]) };
}

function find(name: string): Vector {
  const vector = vectors.find((each) => each.name === name);
  if (!vector) throw new Error(`no vector ${name}`);
  return vector;
}

function key(base58: string | undefined): PublicKey {
  return new PublicKey(base58 ?? '');
}

function camelCase(name: string): string {
  return name.replace(/_(.)/g, (_match, letter: string) => letter.toUpperCase());
}
