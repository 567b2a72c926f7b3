import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '#core/errors/app-error.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { checkRpcUrl, checkWebSocketUrl, deriveWebSocketUrl } from './url-rules.ts';

const withCode = (code: string) => expect.objectContaining({ code });

describe('an RPC URL', () => {
  test.each([
    ['https://api.devnet.solana.com', 'https://api.devnet.solana.com'],
    ['https://rpc.example.org:8443/v1/secret-key?x=1', 'https://rpc.example.org:8443'],
    ['HTTPS://Example.org/', 'https://example.org'],
    ['http://127.0.0.1:8899', 'http://127.0.0.1:8899'],
    ['http://127.9.9.9', 'http://127.9.9.9'],
    ['http://localhost:8899', 'http://localhost:8899'],
    ['http://[::1]:8899', 'http://[::1]:8899'],
    ['https://[2001:db8::1]:8899', 'https://[2001:db8::1]:8899'],
    ['https://[1:2:3:4:5:6:7:8]', 'https://[1:2:3:4:5:6:7:8]'],
    ['https://[::ffff:1.2.3.4]', 'https://[::ffff:1.2.3.4]'],
    ['https://node.1e', 'https://node.1e'],
  ])('%s is taken, known as %s', (url, origin) => {
    expect(checkRpcUrl(url, false)).toMatchObject({ origin, unencrypted: false });
  });

  test.each(['10.0.0.4', '172.16.0.1', '172.31.255.255', '192.168.1.2', '169.254.7.7', '[fd12:3456::1]', '[fe80::1]'])(
    'http to the private address %s needs a yes',
    (host) => {
      expect(() => checkRpcUrl(`http://${host}:8899`, false)).toThrow(withCode('network/unencrypted-private'));
      expect(checkRpcUrl(`http://${host}:8899`, true).unencrypted).toBe(true);
    },
  );

  test.each([
    'http://example.org',
    'http://8.8.8.8',
    'http://172.32.0.1',
    'http://192.169.0.1',
    'http://10.0.0.1.example.org',
    'http://127.0.0.1.example.org',
    'http://localhost.example.org',
    'http://[2001:db8::1]',
  ])('%s is refused, whatever was allowed', (url) => {
    expect(() => checkRpcUrl(url, true)).toThrow(withCode('network/unencrypted'));
  });

  test.each([
    '',
    'example.org',
    'ftp://example.org',
    'wss://example.org',
    'https://',
    'https://user:pass@example.org',
    'https://user@127.0.0.1',
    'https://exa mple.org',
    'https://example.org:0',
    'https://example.org:65536',
    'https://example.org:port',
    'https://example.org/#fragment',
    'https://example.org\\@evil.org',
    'https:/example.org',
    'javascript:alert(1)',
    'https://exämple.org',
    'http://0x7f.1',
    'http://2130706433',
    'http://127.1',
    'https://10.0.0.300:8899',
    'https://1.2.3.4.5',
    'https://1.2.3.4.',
    'https://node.0x1f',
    'https://node.08',
    'https://[1::2::3]',
    'https://[1:2:3:4:5:6:7]',
    'https://[1:2:3:4:5:6:7:8:9]',
    'https://[::1.2.3.300]',
    'https://[12345::]',
  ])('%s is no URL of an endpoint', (url) => {
    expect(() => checkRpcUrl(url, true)).toThrow(withCode('network/url-malformed'));
  });

  test('agrees with the platform on the host of every URL it takes', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withQueryParameters: true }), fc.string(), numberedUrls()), (text) => {
        try {
          const { url, origin } = checkRpcUrl(text, true);
          expect(new URL(url).origin).toBe(new URL(origin).origin);
          if (/^https:\/\/[\d.]+$/.test(text)) expect(new URL(url).origin).toBe(text);
        } catch (cause) {
          if (!isAppError(cause)) throw cause;
        }
      }),
      { numRuns: propertyRuns() },
    );
  });
});

describe('the WebSocket URL', () => {
  test.each([
    ['http://127.0.0.1:8899', 'ws://127.0.0.1:8900'],
    ['https://api.devnet.solana.com', 'wss://api.devnet.solana.com'],
    ['https://rpc.example.org:8443/key?x=1', 'wss://rpc.example.org:8444/key?x=1'],
  ])('of %s is %s when none is given', (rpcUrl, webSocketUrl) => {
    expect(deriveWebSocketUrl(rpcUrl)).toBe(webSocketUrl);
    expect(checkWebSocketUrl(' ', rpcUrl, false).url).toBe(webSocketUrl);
  });

  test('is refused with an IPv4 address that is none', () => {
    expect(() => checkWebSocketUrl('wss://10.0.0.300:8900', 'https://example.org', true)).toThrow(
      withCode('network/url-malformed'),
    );
  });

  test('follows the same rule on encryption', () => {
    expect(() => checkWebSocketUrl('ws://example.org', 'https://example.org', true)).toThrow(
      withCode('network/unencrypted'),
    );
    expect(checkWebSocketUrl('ws://10.1.1.1:8900', 'https://example.org', true).unencrypted).toBe(true);
    expect(checkWebSocketUrl('wss://example.org/ws', 'http://127.0.0.1', false).unencrypted).toBe(false);
  });
});

/** URLs whose host is made of numbers: most of them are no addresses, or of another place than they seem. */
function numberedUrls() {
  const number = fc.oneof(fc.nat(300).map(String), fc.constantFrom('0x7f', '08', '', '0x', '4294967295'));
  const ipv4 = fc.array(number, { minLength: 1, maxLength: 5 }).map((numbers) => numbers.join('.'));
  const group = fc.oneof(
    fc.nat(0x1ffff).map((value) => value.toString(16)),
    fc.constant(''),
    ipv4,
  );
  const ipv6 = fc.array(group, { minLength: 2, maxLength: 9 }).map((groups) => `[${groups.join(':')}]`);
  return fc.oneof(ipv4, ipv6).map((host) => `https://${host}`);
}
