import fc from 'fast-check';
import { expect, test } from 'vitest';
import { anyCharacter } from '#test/any-character.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { answerAppRequest } from './app-protocol.ts';
import { contentSecurityPolicy, NONCE_PLACEHOLDER } from './content-security-policy.ts';
import { decideAppRequest, type PageFiles } from './decide-app-request.ts';

const text = (words: string) => new TextEncoder().encode(words);
const page: PageFiles = new Map([
  ['/index.html', { bytes: text(`<meta content="${NONCE_PLACEHOLDER}">`), contentType: 'text/html; charset=utf-8' }],
  ['/assets/index-Bx3.js', { bytes: text('run()'), contentType: 'text/javascript; charset=utf-8' }],
]);

test('the policy is the one of the security bar, word for word', () => {
  expect(contentSecurityPolicy('R')).toBe(
    "default-src 'none'; script-src 'self'; script-src-attr 'none'; style-src 'self' 'nonce-R'; style-src-attr 'none'; " +
      "img-src 'self' data:; font-src 'self'; connect-src 'none'; media-src 'none'; object-src 'none'; frame-src 'none'; " +
      "child-src 'none'; worker-src 'none'; manifest-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; " +
      "require-trusted-types-for 'script'; trusted-types default",
  );
});

test('each load has a nonce of 16 bytes, the same in header and page', async () => {
  const nonces = await Promise.all(
    [1, 2].map(async () => {
      const answer = answerAppRequest('GET', 'app://bundle/index.html', page);
      const nonce = /'nonce-([^']+)'/.exec(answer.headers.get('Content-Security-Policy') ?? '')?.[1] ?? '';
      expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
      expect(await answer.text()).toBe(`<meta content="${nonce}">`);
      return nonce;
    }),
  );
  expect(nonces[0]).not.toBe(nonces[1]);
});

test('every answer, refusals included, carries the isolating headers', () => {
  for (const url of ['app://bundle/index.html', 'app://bundle/assets/index-Bx3.js', 'app://bundle/none']) {
    const { headers } = answerAppRequest('GET', url, page);
    expect(headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(headers.get('Cross-Origin-Opener-Policy')).toBe('same-origin');
    expect(headers.get('Cross-Origin-Resource-Policy')).toBe('same-origin');
    expect(headers.get('Referrer-Policy')).toBe('no-referrer');
    expect(headers.get('X-DNS-Prefetch-Control')).toBe('off');
    expect(headers.get('Cache-Control')).toBe('no-store');
    expect(headers.get('Permissions-Policy')).toMatch(/geolocation=\(\).*camera=\(self\)$/);
    expect(headers.get('Content-Security-Policy')).toContain("default-src 'none'");
  }
});

test('HEAD answers without a body', async () => {
  const answer = answerAppRequest('HEAD', 'app://bundle/index.html', page);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('');
});

test.each([
  ['POST', 'app://bundle/index.html'],
  ['GET', 'app://bundle/'],
  ['GET', 'app://bundle'],
  ['GET', 'app://bundle/index.html?a'],
  ['GET', 'app://bundle:8080/index.html'],
  ['GET', 'app://user@bundle/index.html'],
  ['GET', 'app://other/index.html'],
  ['GET', 'app://BUNDLE/index.html'],
  ['GET', 'https://bundle/index.html'],
  ['GET', 'file:///index.html'],
  ['GET', 'app://bundle//index.html'],
  ['GET', 'app://bundle/%69ndex.html'],
  ['GET', 'app://bundle/assets/../../etc/passwd'],
  ['GET', 'app://bundle/assets\\index-Bx3.js'],
  ['GET', 'app://bundle/index.html%00'],
  ['GET', 'app:index.html'],
  ['GET', ''],
])('%s %s is not found', (method, url) => {
  expect(answerAppRequest(method, url, page).status).toBe(404);
});

test('whatever is asked for, the answer is a listed file under its own name or none', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      'app:',
      'bundle',
      '/',
      '//',
      '..',
      '.',
      'index.html',
      'assets',
      'index-Bx3.js',
      '%2e',
      '%2f',
      '?',
      '#',
      '@',
      ':',
      '\\',
      '\0',
    ),
    fc.string({ unit: anyCharacter, maxLength: 4 }),
  );
  const url = fc.oneof(
    fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join('')),
    fc.array(piece, { maxLength: 8 }).map((pieces) => `app://bundle/${pieces.join('')}`),
    fc.webUrl(),
  );
  fc.assert(
    fc.property(url, (asked) => {
      const found = decideAppRequest('GET', asked, page);
      if (!found) return;
      const { pathname, host } = new URL(asked);
      expect(host).toBe('bundle');
      expect(found).toBe(page.get(pathname));
    }),
    { numRuns: propertyRuns() * 10 },
  );
});
