import { describe, expect, test } from 'vitest';
import { checkProfileUrls, rpcUrlsOf, whyNotFurther } from './profile-urls.ts';

const URLS = { rpcUrl: 'https://a.example.org/key', webSocketUrl: '', allowUnencrypted: false };

describe('the RPC URLs of a profile', () => {
  test('are the first choice and what follows it, in order', () => {
    expect(rpcUrlsOf(URLS)).toEqual(['https://a.example.org/key']);
    expect(rpcUrlsOf({ ...URLS, moreRpcUrls: ['https://c.example.org', 'https://b.example.org'] })).toEqual([
      'https://a.example.org/key',
      'https://c.example.org',
      'https://b.example.org',
    ]);
  });

  test('may lead to one host under several keys', () => {
    expect(() => checkProfileUrls({ ...URLS, moreRpcUrls: ['https://a.example.org/other-key'] })).not.toThrow();
  });

  test.each([
    ['plain http', 'http://b.example.org', 'The connection to b.example.org would not be encrypted'],
    ['plain http to a private address', 'http://10.0.0.7', 'in your private network would not be encrypted'],
    ['no URL', 'b.example.org', 'This is not a URL of a Solana endpoint'],
    ['nothing', '', 'This is not a URL of a Solana endpoint'],
    ['the first choice again', 'HTTPS://A.example.org/key', 'It is in the list already'],
    ['one before it again', 'https://good.example.org', 'It is in the list already'],
  ])('are refused with the place of %s', (_what, url, reason) => {
    const profile = { ...URLS, moreRpcUrls: ['https://good.example.org', url] };
    expect(whyNotFurther(profile, 0)).toBe('');
    expect(whyNotFurther(profile, 1)).toContain(reason);
    expect(() => checkProfileUrls(profile)).toThrow(
      expect.objectContaining({
        code: 'network/further-url',
        params: { place: 3, reason: expect.stringContaining(reason) as unknown },
      }),
    );
  });

  test('share the permission for plain http to private addresses', () => {
    expect(() => checkProfileUrls({ ...URLS, allowUnencrypted: true, moreRpcUrls: ['http://10.0.0.7'] })).not.toThrow();
  });
});
