import { afterEach, expect, test, vi } from 'vitest';
import { installTrustedTypes } from './trusted-types.ts';

afterEach(() => vi.unstubAllGlobals());

test('the only policy takes style text and refuses anything that could be markup', () => {
  const policies = new Map<string, { createHTML(text: string): string }>();
  vi.stubGlobal('trustedTypes', {
    createPolicy: (name: string, rules: { createHTML(text: string): string }) => policies.set(name, rules),
  });
  installTrustedTypes();
  expect([...policies.keys()]).toEqual(['default']);
  const policy = policies.get('default');
  expect(policy?.createHTML(':root { --a: 1 }')).toBe(':root { --a: 1 }');
  expect(() => policy?.createHTML('<b>')).toThrow(TypeError);
  expect(Object.keys(policy ?? {})).toEqual(['createHTML']);
});
