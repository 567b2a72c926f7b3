import { readFileSync } from 'node:fs';
import * as anchor from '@coral-xyz/anchor';
import { describe, expect, test } from 'vitest';
import { atlasEntry, ATLAS, ATLAS_GROUPS, entryOfCode } from './atlas.ts';
import { atlasIdOfAppError } from './atlas-id.ts';
import { helpfulAction } from './helpful-action.ts';
import { HelpfulAction } from '#core/operations/place.ts';

type Named = { readonly code: number; readonly name: string; readonly msg: string };
type Program = { readonly errors: readonly Named[]; readonly instructions: readonly { readonly name: string }[] };
const file = JSON.parse(readFileSync('test/fixtures/psyche/programs.json', 'utf8')) as {
  readonly programs: Readonly<Record<'coordinator' | 'treasurer' | 'authorizer', Program>>;
  readonly anchorErrors: readonly Named[];
};
const unreachable = [...readFileSync('test/unreachable-codes.md', 'utf8').matchAll(/^\| (\w+) +\| (\d+) +\|/gm)].map(
  ([, table, code]) => `${table === 'framework' ? 'anchor' : table}-${code}`,
);

describe('the atlas', () => {
  test.each(['coordinator', 'treasurer', 'authorizer'] as const)('has every code of the %s', (program) => {
    for (const { code, name, msg } of file.programs[program].errors) {
      expect(entryOfCode(program, code)).toMatchObject({ group: program, code, name, message: msg });
    }
    const count = ATLAS.filter(({ group }) => group === program).length;
    expect(count).toBe(file.programs[program].errors.length);
  });

  test('has every code of Anchor, those of our programs with the message they print', () => {
    for (const { code, name, msg } of file.anchorErrors) {
      expect(entryOfCode('treasurer', code)).toMatchObject({ group: 'anchor', name, message: msg });
    }
    for (const [name, code] of Object.entries(anchor.LangErrorCode)) {
      expect(atlasEntry(`anchor-${code}`)?.name).toBe(name);
    }
  });

  test('marks exactly the codes that no instruction gives', () => {
    const marked = ATLAS.filter(({ isNeverGiven }) => isNeverGiven).map(({ id }) => id);
    expect(marked.toSorted()).toEqual(unreachable.toSorted());
  });

  test('has the codes of the native programs, the node and its gateway', () => {
    const count = (wanted: string) => ATLAS.filter(({ group }) => group === wanted).length;
    expect(count('system')).toBe(9);
    expect(count('token')).toBe(20);
    expect(count('associated-token')).toBe(1);
    for (let code = 32_001; code <= 32_021; code += 1) expect(atlasEntry(`rpc-${code}`)?.code).toBe(-code);
    for (const status of [403, 413, 429, 500, 502, 503, 504]) expect(atlasEntry(`http-${status}`)).toBeDefined();
  });

  test('has no id twice, and a title for every group', () => {
    expect(new Set(ATLAS.map(({ id }) => id)).size).toBe(ATLAS.length);
    expect(new Set(ATLAS.map(({ group }) => group))).toEqual(new Set(ATLAS_GROUPS.map(({ group }) => group)));
  });

  test.each(['when', 'check', 'remedy'] as const)('has no two causes alike in “%s”', (part) => {
    const all = ATLAS.flatMap(({ id, causes }) => causes.map((cause) => ({ id, text: normal(cause[part]) })));
    expect(doubles(all)).toEqual([]);
    for (const { text } of all) expect(text.length).toBeGreaterThan(9);
    // The screen adds the full stop and shows texts as they are.
    for (const { causes } of ATLAS) for (const cause of causes) expect(cause[part]).not.toMatch(/`|[.!]$/);
  });

  test('says of codes with several causes what they share and how to tell them apart, each in its own words', () => {
    const shared = ATLAS.filter(({ causes }) => causes.length > 1);
    for (const { what, tell, causes } of shared) {
      expect([what, tell]).not.toContain(undefined);
      expect(causes.map(({ when }) => when)).not.toContain(what);
    }
    const texts = shared.flatMap(({ id, what, tell }) =>
      [what, tell].map((text) => ({ id, text: normal(text ?? '') })),
    );
    expect(doubles(texts)).toEqual([]);
  });

  test('names only instructions and accounts that exist', () => {
    const instructions = new Set(
      Object.values(file.programs).flatMap((program) => program.instructions.map(({ name }) => name)),
    );
    for (const { group, instructions: named } of ATLAS) {
      if (!['coordinator', 'treasurer', 'authorizer', 'anchor'].includes(group)) continue;
      for (const name of named) expect(instructions).toContain(name);
    }
  });

  test('leads only to places of the app', () => {
    for (const { causes } of ATLAS) {
      for (const { help } of causes) {
        if (help === undefined) continue;
        expect(HelpfulAction.parse(helpfulAction(help, 'atlas-7'))).toBeDefined();
      }
    }
    expect(helpfulAction('top-up', undefined)).toBeUndefined();
    expect(helpfulAction('networks', undefined)?.place).toEqual({ kind: 'networks' });
  });

  test('is found from the app’s own errors about an endpoint', () => {
    expect(atlasIdOfAppError('rpc/node-error', { code: -32_005 })).toBe('rpc-32005');
    expect(atlasIdOfAppError('rpc/refused', { status: 429 })).toBe('http-429');
    expect(atlasIdOfAppError('rpc/failing', { status: 503 })).toBe('http-503');
    expect(atlasIdOfAppError('rpc/rate-limited', { status: 429, seconds: 7 })).toBe('http-429');
    expect(atlasIdOfAppError('rpc/unreachable', { origin: 'x' })).toBeUndefined();
  });
});

/** Texts that differ only in case, punctuation or spaces are the same text. */
function normal(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function doubles(all: readonly { id: string; text: string }[]): readonly string[] {
  const seen = new Map<string, string>();
  return all.flatMap(({ id, text }) => {
    const before = seen.get(text);
    seen.set(text, id);
    return before === undefined ? [] : [`${before} and ${id}: ${text}`];
  });
}
