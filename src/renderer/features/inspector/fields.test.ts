import { expect, test } from 'vitest';
import type { FieldNode } from '#core/codec/field-node.ts';
import { coordinatorFieldTree } from '#core/layouts/coordinator-account.ts';
import { psycheBytes } from '#test/psyche-files.ts';
import { ancestorsOf, chainAt, visibleFields } from './fields.ts';

const bytes = psycheBytes('fixtures/mid-training.bin');
const fields = coordinatorFieldTree(bytes).children ?? [];

test('a byte leads to the innermost field that holds it', () => {
  // PROTOCOL §5.2: the run id lies at 376.
  expect(chainAt(fields, 376).at(-1)).toMatchObject({ path: 'state.coordinator.run_id', start: 376, end: 408 });
});

test('opening the ancestors of a byte brings its field into view', () => {
  const open = new Set(ancestorsOf(fields, 376));
  expect(visibleFields(fields, open).map(({ field }) => field.path)).toContain('state.coordinator.run_id');
});

test('closed parts are never looked into, however large', () => {
  const trap: FieldNode = {
    path: 'rounds',
    name: 'rounds',
    type: 'Round',
    start: 0,
    end: 9,
    get children(): readonly FieldNode[] {
      throw new Error('a closed field was opened');
    },
  };
  expect(visibleFields([trap], new Set())).toHaveLength(1);
});
