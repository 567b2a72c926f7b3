import { SYSTEM_PROGRAM, TOKEN_PROGRAM } from '#core/solana/program-ids.ts';
import { hexToBytes } from '@noble/hashes/utils.js';
import { AccountLayout, MintLayout } from '@solana/spl-token';
import { NonceAccount, PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fieldText } from '#core/codec/field-text.ts';
import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { addressFromBytes, parseAddress, type Address } from '#core/solana/address.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { psycheBytes, psycheJson, thirdPartyBytes } from '#test/psyche-files.ts';
import type { AccountInput } from './account-kind.ts';
import { decodePsycheAccount, psycheAccountToJson } from './psyche-account.ts';
import { recogniseAccount } from './recognise.ts';

const LOADER = parseAddress('BPFLoaderUpgradeab1e11111111111111111111111');
const A = addressFromBytes(new Uint8Array(32).fill(7));
const B = addressFromBytes(new Uint8Array(32).fill(9));

type Vector = { name: string; account: string; programId: Address; dataHex: string; decoded: Record<string, unknown> };
const { vectors } = psycheJson<{ vectors: Vector[] }>('vectors/borsh-accounts.json');

const KINDS: Readonly<Record<string, string>> = {
  CoordinatorInstance: 'coordinator-instance',
  Authorization: 'authorization',
  Run: 'treasurer-run',
  Participant: 'participant',
};

describe('accounts of the programs', () => {
  test.each(vectors)('$name is recognised and decoded whole', ({ account, programId, dataHex, decoded }) => {
    const found = recognise({ owner: programId, data: hexToBytes(dataHex) });
    expect(found.kind).toBe(KINDS[account]);
    expect(found.problem).toBeUndefined();
    expect(found.fields.map(({ name }) => name)).toEqual(Object.keys(decoded));
    const leaves = found.fields.filter(({ children }) => !children);
    expect(leaves.map(fieldText)).toEqual(leaves.map(({ name }) => String(decoded[name])));
  });

  test.each(vectors)('$name is decoded by its discriminator alone', ({ account, dataHex, decoded }) => {
    const found = decodePsycheAccount(hexToBytes(dataHex));
    expect(found.account).toBe(account);
    expect(psycheAccountToJson(found)).toEqual(decoded);
  });

  test('a run is named by its id', () => {
    const [instance] = vectors;
    const found = recognise({ owner: DEFAULT_PROGRAM_IDS.coordinator, data: hexToBytes(instance?.dataHex ?? '') });
    expect(found.title).toBe('Run “test”');
    expect(found.summary).toContainEqual({
      label: 'Main authority',
      kind: 'address',
      value: instance?.decoded['main_authority'],
    });
  });

  test('an authorization for everyone says so', () => {
    const open = vectors.find(({ name }) => name === 'Authorization/active-permissionless');
    const found = recognise({ owner: DEFAULT_PROGRAM_IDS.authorizer, data: hexToBytes(open?.dataHex ?? '') });
    expect(found.title).toBe('Permission to join runs, active');
    expect(found.summary).toContainEqual({ label: 'Granted to', kind: 'text', value: 'everyone' });
  });

  test('the state of a run is described without reading its clients', () => {
    const found = recognise({ owner: DEFAULT_PROGRAM_IDS.coordinator, data: psycheBytes('fixtures/mid-training.bin') });
    expect(found.kind).toBe('coordinator-account');
    expect(found.title).toBe('State of run “atlas-1b-run-07”');
    expect(found.summary).toContainEqual({ label: 'State', kind: 'text', value: 'RoundTrain, pause pending' });
    expect(found.fields.map(({ name }) => name)).toEqual(['version', 'state', 'nonce']);
  });

  test('the state of a run is decoded by its discriminator alone', () => {
    const { decoded } = psycheJson<{ decoded: unknown }>('fixtures/variant-3.expected.json');
    expect(psycheAccountToJson(decodePsycheAccount(psycheBytes('fixtures/variant-3.bin')))).toEqual(decoded);
  });

  test('belong to the programs of the network, not to the public ones', () => {
    const [instance] = vectors;
    const data = hexToBytes(instance?.dataHex ?? '');
    const moved = { ...DEFAULT_PROGRAM_IDS, coordinator: A };
    const account = { owner: DEFAULT_PROGRAM_IDS.coordinator, data, executable: false };
    expect(recogniseAccount(account, moved).kind).toBe('unknown');
    expect(recogniseAccount({ ...account, owner: A }, moved).kind).toBe('coordinator-instance');
  });

  test('of another size come back with the reason', () => {
    const data = psycheBytes('fixtures/mid-training.bin').slice(0, 100_000);
    const found = recognise({ owner: DEFAULT_PROGRAM_IDS.coordinator, data });
    expect(found).toMatchObject({ kind: 'coordinator-account', fields: [], title: 'State of a run, not readable' });
    expect(found.problem).toMatchObject({ code: 'account/size', params: { expected: 119_160, actual: 100_000 } });
  });

  const v0 = thirdPartyBytes('coordinator-account-v0.bin');
  test.skipIf(!v0)('of the unversioned layout are labelled', () => {
    const found = recognise({ owner: DEFAULT_PROGRAM_IDS.coordinator, data: v0 ?? new Uint8Array() });
    expect(found.title).toBe('State of run “consilience-40b-1”, created by an older program');
    expect(found.summary).toContainEqual({ label: 'Name', kind: 'text', value: 'Nous-Consilience-40B' });
    expect(found.problem).toMatchObject({ code: 'account/size', params: { actual: 119_072 } });
  });
});

describe('native accounts', () => {
  test('a mint is read as the token library writes it', () => {
    const data = Buffer.alloc(MintLayout.span);
    MintLayout.encode(
      {
        mintAuthorityOption: 1,
        mintAuthority: new PublicKey(A),
        supply: 12_345_678_901_234_567_890n,
        decimals: 6,
        isInitialized: true,
        freezeAuthorityOption: 0,
        freezeAuthority: new PublicKey(B),
      },
      data,
    );
    const found = recognise({ owner: TOKEN_PROGRAM, data });
    expect(found.kind).toBe('mint');
    expect(texts(found.fields)).toEqual({
      mint_authority: A,
      supply: '12345678901234567890',
      decimals: '6',
      is_initialized: 'true',
      freeze_authority: 'none',
    });
    expect(found.fields.at(-1)?.end).toBe(data.length);
    expect(found.summary).toContainEqual({ label: 'Mint authority', kind: 'address', value: A });
  });

  test('a token account is read as the token library writes it', () => {
    const data = Buffer.alloc(AccountLayout.span);
    AccountLayout.encode(
      {
        mint: new PublicKey(A),
        owner: new PublicKey(B),
        amount: 5n,
        delegateOption: 1,
        delegate: new PublicKey(A),
        state: 2,
        isNativeOption: 0,
        isNative: 0n,
        delegatedAmount: 3n,
        closeAuthorityOption: 0,
        closeAuthority: PublicKey.default,
      },
      data,
    );
    const found = recognise({ owner: TOKEN_PROGRAM, data });
    expect(found).toMatchObject({ kind: 'token-account', title: 'Token account, frozen' });
    expect(texts(found.fields)).toEqual({
      mint: A,
      owner: B,
      amount: '5',
      delegate: A,
      state: '2',
      is_native: 'none',
      delegated_amount: '3',
      close_authority: 'none',
    });
  });

  test('a nonce account is read as web3.js reads it', () => {
    const data = Buffer.alloc(80);
    data.writeUInt32LE(1, 0);
    data.writeUInt32LE(1, 4);
    data.fill(7, 8, 40);
    data.fill(9, 40, 72);
    data.writeBigUInt64LE(5000n, 72);
    const theirs = NonceAccount.fromAccountData(data);
    const found = recognise({ owner: SYSTEM_PROGRAM, data });
    expect(found.kind).toBe('nonce-account');
    expect(texts(found.fields)).toEqual({
      version: '1',
      state: '1',
      authority: theirs.authorizedPubkey.toBase58(),
      durable_nonce: theirs.nonce,
      lamports_per_signature: theirs.feeCalculator.lamportsPerSignature.toString(),
    });
  });

  test('a nonce account that was never initialized says so', () => {
    const found = recognise({ owner: SYSTEM_PROGRAM, data: new Uint8Array(80) });
    expect(found).toMatchObject({ kind: 'nonce-account', title: 'Nonce account, not initialized' });
    expect(found.fields).toHaveLength(2);
  });

  test('a wallet, a program and anything else are told apart', () => {
    expect(recognise({ owner: SYSTEM_PROGRAM, data: new Uint8Array() }).kind).toBe('system-account');
    const code = Uint8Array.of(2, 0, 0, 0, ...new Uint8Array(32).fill(7));
    const upgradeable = recognise({ owner: LOADER, data: code, executable: true });
    expect(upgradeable).toMatchObject({ kind: 'program', title: 'Program, upgradeable' });
    expect(upgradeable.summary).toContainEqual({ label: 'Code and upgrade authority in', kind: 'address', value: A });
    const other = recognise({ owner: B, data: new Uint8Array(9).fill(1) });
    expect(other).toMatchObject({ kind: 'unknown', fields: [] });
    expect(other.summary).toEqual([{ label: 'First bytes', kind: 'text', value: '0101010101010101' }]);
  });
});

test('no bytes of any owner make the inspector fail', () => {
  const owners = [...Object.values(DEFAULT_PROGRAM_IDS), SYSTEM_PROGRAM, TOKEN_PROGRAM, A];
  const heads = [new Uint8Array(), ...vectors.map(({ dataHex }) => hexToBytes(dataHex).subarray(0, 8))];
  const tail = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    ...[74, 80, 82, 157, 165].map((length) => fc.uint8Array({ minLength: length, maxLength: length })),
  );
  fc.assert(
    fc.property(fc.constantFrom(...owners), fc.constantFrom(...heads), tail, (owner, head, rest) => {
      const found = recognise({ owner, data: Uint8Array.of(...head, ...rest) });
      expect(found.title).not.toBe('');
    }),
    { numRuns: propertyRuns() },
  );
});

test('text from the chain cannot reorder a title', () => {
  const [instance] = vectors;
  const data = hexToBytes(instance?.dataHex ?? '');
  data.set(new TextEncoder().encode('\u202ea'), 109);
  expect(recognise({ owner: DEFAULT_PROGRAM_IDS.coordinator, data }).title).toBe('Run “\ufffda”');
});

function recognise(account: Partial<AccountInput> & Pick<AccountInput, 'owner' | 'data'>) {
  return recogniseAccount({ executable: false, ...account, data: new Uint8Array(account.data) }, DEFAULT_PROGRAM_IDS);
}

function texts(fields: ReturnType<typeof recognise>['fields']): Record<string, string> {
  return Object.fromEntries(fields.map((field) => [field.name, fieldText(field)]));
}
