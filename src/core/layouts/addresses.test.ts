import { readFileSync } from 'node:fs';
import { hexToBytes } from '@noble/hashes/utils.js';
import { PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressFromBytes, parseAddress } from '#core/solana/address.ts';
import { findProgramAddress, isOnCurve, type ProgramAddress } from '#core/solana/pda.ts';
import { propertyRuns } from '#test/property-runs.ts';
import {
  associatedTokenAddress,
  authorizationAddress,
  coordinatorInstanceAddress,
  participantAddress,
  treasurerIndexOf,
  treasurerRunAddress,
} from './addresses.ts';
import { DEFAULT_PROGRAM_IDS } from './programs.ts';

type Vector = { kind: string; inputs: Record<string, string>; address?: string; bump?: number; index?: string };

const vectors = (JSON.parse(readFileSync('test/fixtures/psyche/vectors/pdas.json', 'utf8')) as { vectors: Vector[] })
  .vectors;

describe('run program addresses', () => {
  test.each(vectors.map((vector) => [`${vector.kind} ${JSON.stringify(vector.inputs)}`, vector] as const))(
    'equals the recorded value: %s',
    (_name, vector) => {
      const { kind: _kind, inputs: _inputs, ...recorded } = vector;
      expect(derive(vector)).toEqual(recorded);
    },
  );

  test('covers every kind of vector', () => {
    expect(new Set(vectors.map((vector) => vector.kind)).size).toBe(6);
  });

  test('covers joining runs when no scope is given', () => {
    const [grantor, grantee] = [DEFAULT_PROGRAM_IDS.coordinator, DEFAULT_PROGRAM_IDS.treasurer];
    const scope = hexToBytes('436f6f7264696e61746f724a6f696e52756e');
    expect(authorizationAddress(grantor, grantee)).toEqual(
      authorizationAddress(grantor, grantee, DEFAULT_PROGRAM_IDS.authorizer, scope),
    );
  });

  test('refuses a run id of 33 bytes, however few characters it has', () => {
    const refused = expect.objectContaining({ code: 'run-id/too-long', params: { bytes: 33, max: 32 } });
    expect(() => coordinatorInstanceAddress('日'.repeat(11))).toThrow(refused);
    expect(() => coordinatorInstanceAddress('a'.repeat(33))).toThrow(refused);
  });

  test('refuses an index outside u64', () => {
    const refused = expect.objectContaining({ code: 'run-index/out-of-range' });
    expect(() => treasurerRunAddress(-1n)).toThrow(refused);
    expect(() => treasurerRunAddress(2n ** 64n)).toThrow(refused);
  });

  test('derives under the program it is given', () => {
    const other = addressFromBytes(new Uint8Array(32).fill(7));
    expect(coordinatorInstanceAddress('test', other).address).not.toBe(coordinatorInstanceAddress('test').address);
  });
});

describe('program derived addresses', () => {
  const program = DEFAULT_PROGRAM_IDS.coordinator;
  const seeds = fc.array(fc.uint8Array({ maxLength: 32 }), { maxLength: 15 });

  test('agree with web3.js on any seeds', () => {
    fc.assert(
      fc.property(seeds, fc.uint8Array({ minLength: 32, maxLength: 32 }), (parts, programBytes) => {
        const id = addressFromBytes(programBytes);
        const [address, bump] = PublicKey.findProgramAddressSync(parts, new PublicKey(id));
        expect(findProgramAddress(parts, id)).toEqual({ address: address.toBase58(), bump });
      }),
      { numRuns: propertyRuns() },
    );
  });

  test('judge curve points as web3.js does', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (bytes) => {
        expect(isOnCurve(bytes)).toBe(PublicKey.isOnCurve(bytes));
      }),
      { numRuns: propertyRuns() },
    );
  });

  test('refuse a seed of 33 bytes and a sixteenth seed', () => {
    expect(() => findProgramAddress([new Uint8Array(33)], program)).toThrow(
      expect.objectContaining({ code: 'pda/seed-too-long', params: { bytes: 33, max: 32 } }),
    );
    const sixteen = Array.from({ length: 16 }, () => new Uint8Array(1));
    expect(() => findProgramAddress(sixteen, program)).toThrow(expect.objectContaining({ code: 'pda/too-many-seeds' }));
  });
});

function derive({ kind, inputs }: Vector): ProgramAddress | { index: string } {
  const text = (name: string) => inputs[name] ?? '';
  switch (kind) {
    case 'coordinatorInstance':
      return coordinatorInstanceAddress(text('runId'));
    case 'treasurerIndex':
      return { index: treasurerIndexOf(text('runId')).toString() };
    case 'treasurerRun':
      return treasurerRunAddress(BigInt(text('index')));
    case 'treasurerParticipant':
      return participantAddress(parseAddress(text('run')), parseAddress(text('user')));
    case 'associatedToken':
      return associatedTokenAddress(parseAddress(text('owner')), parseAddress(text('mint')));
    case 'joinAuthorization':
      return authorizationAddress(
        parseAddress(text('grantor')),
        parseAddress(text('grantee')),
        DEFAULT_PROGRAM_IDS.authorizer,
        hexToBytes(text('scopeHex')),
      );
    default:
      throw new Error(`no derivation for ${kind}`);
  }
}
