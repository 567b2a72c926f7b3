import { readFileSync } from 'node:fs';
import { BorshAccountsCoder, type Idl } from '@coral-xyz/anchor';
import coordinatorIdl from '#idl/coordinator.json' with { type: 'json' };
import { encodeAccount } from '#core/codec/account-codec.ts';
import {
  COORDINATOR_ACCOUNT_SIZE,
  decodeCoordinatorAccount,
  readCoordinatorOverview,
} from '#core/layouts/coordinator-account.ts';
import { medianMs, report, type Figure } from './measure.ts';

/**
 * Reading the coordinator account: ours from its memory layout, Anchor's Borsh coder from the same values written in Borsh.
 * Anchor cannot read the memory layout at all, so this is the nearest fair comparison.
 */
function codecFigures(): Figure[] {
  const bytes = readFileSync('test/fixtures/psyche/fixtures/full.bin');
  const value = decodeCoordinatorAccount(bytes);
  const borsh = Buffer.alloc(COORDINATOR_ACCOUNT_SIZE);
  borsh.set(
    encodeAccount('coordinator', 'CoordinatorAccount', withoutCutCharacters(value)).subarray(
      0,
      COORDINATOR_ACCOUNT_SIZE,
    ),
  );
  const coder = new BorshAccountsCoder(coordinatorIdl as unknown as Idl);
  const ours = medianMs(() => decodeCoordinatorAccount(bytes));
  const anchors = medianMs(() => coder.decode('CoordinatorAccount', borsh), 50);
  return [
    { name: 'full.bin to the complete object', value: ours, unit: 'ms', limit: { kind: 'at-most', value: 2 } },
    {
      name: 'times faster than Anchor’s Borsh coder',
      value: anchors / ours,
      unit: '×',
      limit: { kind: 'at-least', value: 3 },
    },
    {
      name: 'overview fields only',
      value: medianMs(() => readCoordinatorOverview(bytes), 1000),
      unit: 'ms',
      limit: { kind: 'at-most', value: 0.1 },
    },
  ];
}

/** Texts the chain cut inside a character cannot be written from a string again; the rest of the character goes. */
function withoutCutCharacters<T>(value: T): T {
  if (typeof value === 'string') return value.replaceAll('\u{fffd}', '') as T;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  if (Array.isArray(value)) return value.map((item: unknown) => withoutCutCharacters(item)) as T;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutCutCharacters(item)])) as T;
}

report(codecFigures());
