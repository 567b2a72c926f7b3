import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compile } from './compile.ts';
import { root } from './root.ts';

/** What the compiler says of a file that uses each of these names on a line of its own. */
function unknownNames(project: string, path: string, names: readonly string[]): string[] {
  const text = names.map((name, index) => `export const planted${index}: unknown = ${name};`).join('\n');
  return compile(project, { [path]: text }).flatMap((error) => /Cannot find name '([^']+)'/.exec(error)?.[1] ?? []);
}

test('core knows no network, no clock, no process and no page', () => {
  const names = [
    'fetch',
    'process',
    'console',
    'setTimeout',
    'document',
    'window',
    'crypto',
    'Buffer',
    'require',
    '__dirname',
  ];
  expect(unknownNames('core', 'src/core/units/planted.ts', names)).toEqual(names);
});

test('the page knows nothing of Node', () => {
  const names = ['process', 'require', 'Buffer'];
  expect(unknownNames('renderer', 'src/renderer/lib/planted.ts', names)).toEqual(names);
});

/** Handlers with every call of the contract, or with one of them taken away. */
const handlers = (taken: string) => `
  import { contract } from '#ipc/contract.ts';
  import type { HandlersOf } from '#ipc/contract-types.ts';
  declare const all: HandlersOf<typeof contract>;
  const { review: _review, ...operations } = all.operations;
  const { inspector: _inspector, ...groups } = all;
  void [operations, groups];
  export const handlers: HandlersOf<typeof contract> = ${taken};`;

test('handlers for every call compile', () => {
  expect(compile('ipc', { 'src/ipc/planted.ts': handlers('{ ...all }') })).toEqual([]);
});

test.each(['{ ...all, operations }', 'groups'])('a call nobody handles does not compile: %s', (taken) => {
  expect(compile('ipc', { 'src/ipc/planted.ts': handlers(taken) }).join('\n')).toMatch(
    /Property '(review|inspector)' is missing/,
  );
});

test('a channel without schemas does not compile', () => {
  const channels = readFileSync(join(root, 'src/ipc/channels.ts'), 'utf8');
  const planted = channels.replace("inspector: { look: 'call' }", "inspector: { look: 'call', planted: 'call' }");
  expect(planted).not.toBe(channels);
  expect(compile('ipc', { 'src/ipc/channels.ts': planted }, ['src/ipc/contract.ts']).join('\n')).toMatch(
    /'planted' is missing/,
  );
});

test('an operation nobody routes does not compile', () => {
  const request = readFileSync(join(root, 'src/core/operations/request.ts'), 'utf8');
  const planted = request.replace(
    '  AllowToJoinInput,\n',
    "  AllowToJoinInput,\n  z.strictObject({ kind: z.literal('planted') }),\n",
  );
  expect(planted).not.toBe(request);
  const errors = compile('core-chain', { 'src/core/operations/request.ts': planted }, [
    'src/core/operations/prepare-request.ts',
  ]);
  expect(errors.join('\n')).toMatch(/prepare-request\.ts: .*(planted|missing)/s);
});
