import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isAppError } from '#core/errors/app-error.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { parseCliConfig } from './cli-config.ts';

const SYSTEM = '11111111111111111111111111111111';
const WRITTEN = `---
json_rpc_url: https://api.devnet.solana.com
websocket_url: ''
keypair_path: /home/operator/.config/solana/id.json
address_labels:
  '${SYSTEM}': System Program
commitment: finalized
`;

describe('the command line’s config.yml', () => {
  test('is read as the CLI writes it', () => {
    expect(parseCliConfig(WRITTEN)).toEqual({
      rpcUrl: 'https://api.devnet.solana.com',
      webSocketUrl: '',
      keypairPath: '/home/operator/.config/solana/id.json',
      commitment: 'finalized',
      labels: { [SYSTEM]: 'System Program' },
      notes: [],
    });
  });

  test('may leave out all but the URL, and know newer keys', () => {
    expect(parseCliConfig('json_rpc_url: http://127.0.0.1:8899\nnew_key: 7\n')).toMatchObject({
      commitment: 'confirmed',
      keypairPath: '',
    });
  });

  test('says what it leaves out', () => {
    const { notes, commitment, labels } = parseCliConfig(
      'json_rpc_url: http://127.0.0.1:8899\ncommitment: recent\naddress_labels: { nonsense: me }\n',
    );
    expect(commitment).toBe('confirmed');
    expect(labels).toEqual({});
    expect(notes).toHaveLength(2);
  });

  test.each([
    ['not YAML', 'a: b: c: [', 'it is not YAML'],
    ['another document', 'name: something else', 'json_rpc_url is missing or wrong'],
    ['nothing', '', 'it has no settings'],
    ['aliases that unfold', 'a: &a [x]\njson_rpc_url: *a\n', 'it is not YAML'],
  ])('is refused when it is %s', (_what, text, reason) => {
    expect(() => parseCliConfig(text)).toThrow(
      expect.objectContaining({ code: 'network/cli-config', params: { reason } }),
    );
  });

  test('fails only in words, on any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (text) => {
        try {
          parseCliConfig(text);
        } catch (cause) {
          if (!isAppError(cause)) throw cause;
        }
        expect(Object.prototype).toEqual({});
      }),
      { numRuns: propertyRuns() },
    );
  });
});
