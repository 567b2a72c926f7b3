import { expect, test } from 'vitest';
import { appUrl, chromiumUrl, originOf } from './page-url.ts';

test.each(['app://bundle/index.html', 'app://bundle/assets/a.js?x#y', 'app://bundle'])(
  '%s travels and comes back',
  (url) => {
    expect(chromiumUrl(url)).toMatch(/^https:\/\/bundle\.app\.standin\.invalid/);
    expect(appUrl(chromiumUrl(url))).toBe(url);
  },
);

test.each(['https://example.com/', 'about:blank', 'https://evil.standin.invalid.example.com/'])(
  '%s is left alone',
  (url) => {
    expect(appUrl(url)).toBe(url);
  },
);

test('the origin is Electron’s', () => {
  expect(originOf('app://bundle/index.html')).toBe('app://bundle');
  expect(originOf('about:blank')).toBe('null');
});
