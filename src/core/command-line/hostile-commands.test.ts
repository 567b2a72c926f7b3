import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCharacter } from '#test/any-character.ts';
import { errorCodeOf } from '#test/error-code.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { COMMAND_TEXT_MAX_BYTES, readCommandLine } from './read-command-line.ts';

describe('reading commands', () => {
  test('keeps of a URL its origin only', () => {
    const { commands } = readCommandLine(
      'run-manager list-runs --rpc "https://user:hush@rpc.example.org:8899/v2/hush?api=hush#hush" --ws-rpc=wss://ws.example.org/hush https://x:hush@left.example/hush',
    );
    expect(JSON.stringify(commands)).not.toContain('hush');
    expect(commands[0]?.understood).toEqual([
      { label: 'RPC', text: 'https://rpc.example.org:8899' },
      { label: 'WebSocket', text: 'wss://ws.example.org' },
    ]);
  });

  test('refuses more than it would ever need', () => {
    expect(errorCodeOf(() => readCommandLine('a'.repeat(COMMAND_TEXT_MAX_BYTES + 1)))).toBe('command/too-long');
    expect(errorCodeOf(() => readCommandLine('日'.repeat(COMMAND_TEXT_MAX_BYTES / 2)))).toBe('command/too-long');
    expect(readCommandLine('run-manager list-runs\n'.repeat(150))).toMatchObject({ leftOut: 50 });
  });

  const shellish = fc.constantFrom(
    ...[
      'run-manager',
      'psyche-solana-client',
      'cargo run --bin run-manager --',
      'create-run',
      'set-paused',
      '--run-id',
    ],
    ...[
      '--rpc',
      '-r',
      '=',
      "'",
      '"',
      '\\',
      '\\\n',
      '\n',
      ' ',
      '$',
      '$(',
      '${',
      ')',
      '}',
      '`',
      '[',
      ']',
      '<',
      '>',
      '#',
      ';',
    ],
    ...[
      '|',
      '&',
      '—',
      '“',
      '”',
      '{{',
      '}}',
      'https://',
      '@',
      'atlas',
      '1',
      '0x',
      'A=',
      '--',
      '…',
      'RAW_WALLET_PRIVATE_KEY=',
    ],
  );
  const hostile = fc.array(fc.oneof({ weight: 4, arbitrary: shellish }, anyCharacter), { maxLength: 120 });

  test('takes any text there is', () => {
    fc.assert(
      fc.property(hostile, (pieces) => {
        const { commands, secrets } = readCommandLine(pieces.join(''));
        expect(secrets).toBeGreaterThanOrEqual(0);
        for (const { title, line } of commands) {
          expect(title).not.toBe('');
          expect(line).toBeGreaterThan(0);
        }
      }),
      { numRuns: propertyRuns() * 5 },
    );
  });

  test('takes time in proportion to the text, whatever is repeated', () => {
    const pieces = [
      ...[
        '"',
        "'",
        '$(',
        '${',
        '`',
        '[',
        '<a',
        '{{',
        '“',
        '\\ ',
        '\\\n',
        '#',
        '=',
        'password=',
        'password=[',
        '1,',
        '1 ',
        'f:',
      ],
      ...[
        'a',
        'aB3',
        'A=$A ',
        '--run-id ',
        'run-manager ',
        'cargo run -p ',
        'https://',
        'https://@',
        '-e A=b ',
        ' \n',
        '--x-',
      ],
      ...['sh a.sh ', '(', ';', '$x', '…', '...', "''", '\r', '2>', 'RAW_WALLET_PRIVATE_KEY=$('],
    ];
    for (const piece of pieces) {
      const text = `run-manager create-run ${piece.repeat(Math.floor(40_000 / new TextEncoder().encode(piece).length))}`;
      const begun = performance.now();
      readCommandLine(text);
      // Quadratic work on forty thousand characters takes many seconds.
      expect(performance.now() - begun, JSON.stringify(piece)).toBeLessThan(2_000);
    }
  });
});
