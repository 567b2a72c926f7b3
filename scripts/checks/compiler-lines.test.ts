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

/** The three compile as one program: the contract's types are worked out once. */
const HANDLERS = { whole: '{ ...all }', 'without a call': '{ ...all, operations }', 'without a group': 'groups' };
const pathOf = (name: string) => `src/ipc/planted-${name.replaceAll(' ', '-')}.ts`;

test('handlers for every call compile, and nothing less', () => {
  const errors = compile(
    'ipc',
    Object.fromEntries(Object.entries(HANDLERS).map(([name, taken]) => [pathOf(name), handlers(taken)])),
  );
  const about = (name: keyof typeof HANDLERS) => errors.filter((error) => error.startsWith(pathOf(name))).join('\n');
  expect(about('whole')).toBe('');
  expect(about('without a call')).toMatch(/Property 'review' is missing/);
  expect(about('without a group')).toMatch(/Property 'inspector' is missing/);
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
