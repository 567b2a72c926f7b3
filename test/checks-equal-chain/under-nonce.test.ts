import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '#core/errors/app-error.ts';
import type { Step } from '#core/operations/define-operation.ts';
import type { OperationInput } from '#core/operations/request.ts';
import { feeOf } from '#core/operations/step-costs.ts';
import { passCanonicalGate } from '#core/solana/canonical-gate.ts';
import { readLifetime } from '#core/solana/nonce.ts';
import { buildMessage, TRANSACTION_MAX_BYTES } from '#core/transactions/build.ts';
import type { NonceLifetime } from '#core/transactions/lifetime.ts';
import { someAddress } from '#test/builders/message-builder.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { INPUTS, type Kind } from './inputs.ts';
import { PEOPLE } from './people.ts';
import { signersOf, stageWorld } from './stage-world.ts';
import { type World, world, worldBeforeRun } from './world.ts';

const RUNS = Math.ceil(propertyRuns() / 10);

/** What is full already is split otherwise under a nonce: fewer keys in a call, the metadata by itself. */
const SPLIT: readonly Kind[] = ['set-delegates', 'update-configuration'];

/** Until something was built: most worlds have no rewards to claim. */
const PATIENCE = 20;

/** A nonce account that is no part of the world, held by somebody who may have another part in it. */
const lifetime: fc.Arbitrary<NonceLifetime> = fc.record({
  kind: fc.constant('nonce' as const),
  account: fc.constant(someAddress(200)),
  authority: fc.constantFrom(PEOPLE.owner, PEOPLE.user, PEOPLE.stranger, someAddress(201)),
  nonce: fc.constant(someAddress(202)),
});

async function stepsOf(where: World, input: OperationInput, nonce?: NonceLifetime): Promise<readonly Step[]> {
  try {
    return (await stageWorld(where).prepare(input, nonce)).steps;
  } catch (cause) {
    if (isAppError(cause)) return [];
    throw cause;
  }
}

const dataOf = ({ instructions }: Pick<Step, 'instructions'>) =>
  instructions.map(({ programId, data, keys }) => [
    programId.toBase58(),
    Buffer.from(data).toString('hex'),
    keys.map(({ pubkey }) => pubkey.toBase58()),
  ]);

describe('every operation can live by a nonce', () => {
  test.each((Object.keys(INPUTS) as Kind[]).map((kind) => ({ kind })))(
    '$kind: the same instructions after the advance, within one transaction, signed and paid for by whoever must',
    async ({ kind }) => {
      const worlds = kind === 'create-run' ? worldBeforeRun : world;
      const inputs = INPUTS[kind] as fc.Arbitrary<OperationInput>;
      let built = 0;
      const compare = async (where: World, input: OperationInput, nonce: NonceLifetime) => {
        const [plain, under] = [await stepsOf(where, input), await stepsOf(where, input, nonce)];
        const { payer } = signersOf(where);
        if (!SPLIT.includes(kind)) {
          expect(under.flatMap(({ instructions }) => dataOf({ instructions: instructions.slice(1) }))).toEqual(
            plain.flatMap(dataOf),
          );
        }
        expect(under.length).toBeGreaterThanOrEqual(plain.length);
        for (const step of under) {
          built += 1;
          const message = buildMessage(step.instructions, { payer, blockhash: nonce.nonce });
          const decoded = passCanonicalGate(message);
          expect(readLifetime(decoded)).toEqual({
            kind: 'nonce',
            nonceAccount: nonce.account,
            nonceAuthority: nonce.authority,
            nonce: nonce.nonce,
          });
          const signing = decoded.staticKeys.slice(0, decoded.header.requiredSignatures);
          expect(1 + 64 * signing.length + message.length).toBeLessThanOrEqual(TRANSACTION_MAX_BYTES);
          expect(new Set(step.signers.map(({ address }) => address))).toEqual(new Set(signing));
          expect(step.signers.find(({ address }) => address === nonce.authority)?.role).not.toBe('Signer');
          expect(feeOf(step)).toBe(5000n * BigInt(signing.length));
        }
      };
      const property = fc.asyncProperty(worlds, inputs, lifetime, compare);
      for (let seed = 5; seed === 5 || (built === 0 && seed < 5 + PATIENCE); seed += 1) {
        await fc.assert(property, { numRuns: RUNS, seed });
      }
      expect(built).toBeGreaterThan(0);
    },
    300_000,
  );
});
