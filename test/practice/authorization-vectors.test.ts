import { describe, expect, test } from 'vitest';
import type { TransactionInstruction } from '@solana/web3.js';
import type { Authorization } from '#core/layouts/generated/authorizer.ts';
import type { OperationInput, OperationSigners } from '#core/operations/request.ts';
import { parseAddress, type Address } from '#core/solana/address.ts';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { instructionOf, readInstructionVectors, type InstructionVector } from '#test/builders/vector-instructions.ts';
import { authorizationAccount } from './authorization-desk.ts';
import { createOperatorDesk } from './operator-desk.ts';

type Inputs = { keys: Record<string, string>; args: { params: Record<string, unknown> } };
type Vector = InstructionVector & { readonly inputs: Inputs };

const vectors = readInstructionVectors() as readonly Vector[];

/** What an operation sends when these accounts exist. */
async function sentBy(
  operation: OperationInput,
  signers: OperationSigners,
  existing: readonly Parameters<typeof authorizationAccount>[] = [],
): Promise<readonly TransactionInstruction[]> {
  const desk = createOperatorDesk({ accounts: existing.map((each) => authorizationAccount(...each)) });
  return (await desk.prepare(operation, signers)).steps.flatMap(({ instructions }) => instructions);
}

function vector(name: string): { vector: Vector; key: (name: string) => Address } {
  const found = vectors.find((each) => each.name === `authorizer.${name}`);
  if (!found) throw new Error(`no vector ${name}`);
  return { vector: found, key: (each) => parseAddress(found.inputs.keys[each] ?? '') };
}

const plain = ({ programId, keys, data }: TransactionInstruction) => ({
  program: programId.toBase58(),
  keys: keys.map(({ pubkey, isSigner, isWritable }) => ({ pubkey: pubkey.toBase58(), isSigner, isWritable })),
  data: data.toString('hex'),
});

describe('the operations send the recorded instructions', () => {
  test.each(['permissionless', 'user', 'other-payer'])('allow to join: authorization_create/%s', async (name) => {
    const { vector: recorded, key } = vector(`authorization_create/${name}`);
    const signers = { payer: key('payer'), authority: key('payer'), joinAuthority: key('grantor') };
    const grantee = key('grantee');
    const whoMayJoin =
      grantee === SYSTEM_PROGRAM ? { kind: 'anyone' as const } : { kind: 'user' as const, address: grantee };
    const [one] = await sentBy({ kind: 'allow-to-join', whoMayJoin }, signers);
    const [many] = await sentBy({ kind: 'allow-many', users: [{ address: grantee, label: '' }] }, signers);
    expect(one && plain(one)).toEqual(plain(instructionOf(recorded)));
    expect(many && plain(many)).toEqual(plain(instructionOf(recorded)));
  });

  test.each(['activate', 'deactivate'])('switch: authorization_grantor_update/%s', async (name) => {
    const { vector: recorded, key } = vector(`authorization_grantor_update/${name}`);
    const active = name === 'activate';
    const signers = { payer: key('grantor'), authority: key('grantor'), joinAuthority: key('grantor') };
    const sent = await sentBy({ kind: 'set-authorization-active', grantee: key('grantee'), active }, signers, [
      [key('grantor'), key('grantee'), { active: !active }],
    ]);
    expect(sent.map(plain)).toEqual([plain(instructionOf(recorded))]);
  });

  test.each([
    ['clear-only', 2],
    ['add-one', 0],
    ['replace-with-three', 2],
  ])('delegates: authorization_grantee_update/%s', async (name, present) => {
    const { vector: recorded, key } = vector(`authorization_grantee_update/${name}`);
    const delegates = (recorded.inputs.args.params['delegates_added'] as string[]).map(parseAddress);
    const signers = { payer: key('payer'), authority: key('payer'), joinAuthority: key('payer') };
    const parts: Partial<Authorization> = {
      delegates: Array.from({ length: present }, (_, index) => new Uint8Array(32).fill(index + 1)),
    };
    const operation = { kind: 'set-delegates' as const, grantor: key('grantor'), grantee: key('grantee'), delegates };
    const sent = await sentBy(operation, signers, [[key('grantor'), key('grantee'), parts]]);
    expect(sent.map(plain)).toEqual([plain(instructionOf(recorded))]);
  });

  test('close: authorization_close/plain', async () => {
    const { vector: recorded, key } = vector('authorization_close/plain');
    const signers = { payer: key('spill'), authority: key('spill'), joinAuthority: key('grantor') };
    const sent = await sentBy({ kind: 'close-authorization', grantee: key('grantee') }, signers);
    expect(sent.map(plain)).toEqual([plain(instructionOf(recorded))]);
  });
});
