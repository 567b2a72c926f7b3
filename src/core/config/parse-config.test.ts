import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { anyCharacter } from '#test/any-character.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { parseConfig } from './parse-config.ts';
import { PRACTICE_CONFIG_TEXT } from './practice-config.ts';

const GOOD = PRACTICE_CONFIG_TEXT;

describe('places', () => {
  test('a wrong value is reported at its own line and column', () => {
    const { problems } = refused(GOOD.replace('min_clients = 1\n', 'min_clients =   1.0\n'));

    expect(problems).toEqual([
      {
        path: 'config.min_clients',
        why: 'invalid-type',
        line: 12,
        column: 17,
        message: 'config.min_clients is 1.0, but it must be a whole number from 0 to 65535',
        expected: 'a whole number from 0 to 65535',
        remedy: 'Write 1, without a decimal point or exponent',
      },
    ]);
  });

  test('a missing key is reported at the table that lacks it', () => {
    const { problems } = refused(without(GOOD, 'quantize_1bit'));

    expect(problems).toMatchObject([
      { path: 'model.LLM.optimizer.Distro.quantize_1bit', line: lineOf(GOOD, '[model.LLM.optimizer') },
    ]);
  });

  test('a byte order mark and CRLF line ends change neither values nor places', () => {
    const wrong = GOOD.replace('total_steps = 2000', 'total_steps = "2000"');

    expect(parseConfig(`\uFEFF${GOOD.replaceAll('\n', '\r\n')}`)).toEqual(parseConfig(GOOD));
    expect(refused(`\uFEFF${wrong.replaceAll('\n', '\r\n')}`).problems).toEqual(refused(wrong).problems);
  });

  test('an unclosed list is a syntax error of the key it belongs to', () => {
    const text = GOOD.replace('warmup_time = 30', 'warmup_time = [30');

    expect(refused(text).problems).toMatchObject([{ why: 'toml-syntax', line: 4, path: 'config.cooldown_time' }]);
  });

  test('newer TOML than the program’s parser reads is refused', () => {
    const text = GOOD.replace(
      '[model.LLM.checkpoint.Hub]\nrepo_id = "example-org/llama-20m-init"',
      '[model.LLM.checkpoint]\nHub = { repo_id = "x", }',
    );

    expect(refused(text).problems).toMatchObject([{ why: 'toml-syntax', path: 'model.LLM.checkpoint.Hub' }]);
  });
});

describe('all problems at once', () => {
  test('the two keys the book’s sample lacks are both named', () => {
    const sample = readFileSync(new URL('../../../test/fixtures/config/book-sample.toml', import.meta.url), 'utf8');

    expect(refused(sample).problems.map(({ why, path }) => [why, path])).toEqual([
      ['missing', 'config.waiting_for_members_extra_time'],
      ['missing', 'model.LLM.cold_start_warmup_steps'],
    ]);
  });

  test('they come in the order of the text, what is missing at the end of its table', () => {
    const text = without(GOOD, 'warmup_time')
      .replace('total_steps = 2000', 'total_steps = -1')
      .replace('"HfLlama"', '"Llama"');

    expect(refused(text).problems.map(({ why, path }) => [why, path])).toEqual([
      ['out-of-range', 'config.total_steps'],
      ['missing', 'config.warmup_time'],
      ['unknown-variant', 'model.LLM.architecture'],
    ]);
  });

  test('numbers TOML cannot hold come first, even under keys nobody reads', () => {
    const text = GOOD.replace('total_steps = 2000', 'total_steps = "x"\nnobody = 9223372036854775808');

    expect(refused(text).problems).toMatchObject([
      { why: 'toml-syntax', path: 'config.nobody' },
      { why: 'invalid-type', path: 'config.total_steps' },
    ]);
  });

  test('a float too large for 64 bits is a syntax error, infinity is a value', () => {
    expect(refused(GOOD.replace('0.999', '1e400')).problems).toMatchObject([{ why: 'toml-syntax' }]);
    expect(parseConfig(GOOD.replace('0.999', 'inf')).kind).toBe('ok');
  });

  test('a file of nothing but unknown keys has a report of bounded size', () => {
    const text = `${Array.from({ length: 5000 }, (_, index) => `key_${index} = 1`).join('\n')}\n${GOOD}`;

    const reading = parseConfig(text);

    expect(reading.kind).toBe('ok');
    expect(reading.warnings).toHaveLength(101);
    expect(reading.warnings.at(-1)?.why).toBe('4900 further warnings are not shown');
  });
});

describe('suggestions', () => {
  test.each([
    ['cooldown_time = 15', 'cooldown-time = 15', 'Rename cooldown-time to cooldown_time'],
    ['"HfLlama"', '"hfllama"', 'Did you mean "HfLlama"?'],
    ['compression_topk', 'compression_topkk', 'Did you mean compression_topk?'],
    ['quantize_1bit = false', 'quantize_1bit = 0', 'Write false'],
    ['total_steps = 2000', 'total_steps = "2000"', 'Write 2000 without quotes'],
    ['compression_decay = 0.999', 'compression_decay = "0.999"', 'Write 0.999 without quotes'],
    ['repo_id = "example-org/llama-20m-init"', 'repo_id = 20', 'Put it in quotes'],
  ])('%s written as %s is answered with “%s”', (right, wrong, remedy) => {
    expect(refused(GOOD.replace(right, wrong)).problems[0]?.remedy).toBe(remedy);
  });

  test('a misspelt key that is ignored says what it may have meant', () => {
    const reading = parseConfig(GOOD.replace('[config]', '[config]\nwitnes_nodes = 1'));

    expect(reading.warnings).toMatchObject([{ path: 'config.witnes_nodes', remedy: 'Did you mean witness_nodes?' }]);
  });
});

describe('what the program’s parser refuses beyond the vectors', () => {
  test.each([
    ['warmup_time = 30', 'warmup_time = 1979-05-27', 'invalid-type', 'config.warmup_time'],
    ['warmup_time = 30', 'warmup_time = true', 'invalid-type', 'config.warmup_time'],
    ['shuffle = "DontShuffle"', 'shuffle = { }', 'one-variant', 'model.LLM.data_location.Http.shuffle'],
    ['shuffle = "DontShuffle"', 'shuffle = 1', 'invalid-type', 'model.LLM.data_location.Http.shuffle'],
    [
      'shuffle = "DontShuffle"',
      'shuffle = { DontShuffle = 1 }',
      'invalid-type',
      'model.LLM.data_location.Http.shuffle.DontShuffle',
    ],
    [
      'compression_decay = 0.999',
      'compression_decay = nan',
      'out-of-range',
      'model.LLM.optimizer.Distro.compression_decay',
    ],
    ['[config]', '[[config]]', 'invalid-type', 'config[0]'],
  ])('%s as %s: %s at %s', (right, wrong, why, path) => {
    expect(refused(GOOD.replace(right, wrong)).problems[0]).toMatchObject({ why, path });
  });

  test('a struct written as a list with too few items has the wrong length', () => {
    const text = GOOD.replace(
      '[model.LLM.checkpoint.Hub]\nrepo_id = "example-org/llama-20m-init"',
      '[model.LLM.checkpoint]\nHub = ["x"]',
    );

    expect(refused(text).problems).toMatchObject([{ why: 'invalid-length', path: 'model.LLM.checkpoint.Hub' }]);
  });
});

describe('texts', () => {
  test('one cut inside a character is kept as its exact bytes', () => {
    const bytes = new TextEncoder().encode(`${'a'.repeat(63)}é`).slice(0, 64);

    expect(repoIdOf(`${'a'.repeat(63)}é`)).toEqual(bytes);
    expect(repoIdOf(`${'a'.repeat(62)}é`)).toBe(`${'a'.repeat(62)}é`);
  });

  test('what follows a zero byte is dropped with a warning: it would be stored but shown nowhere', () => {
    const reading = parseConfig(GOOD.replace('"example-org/llama-20m-init"', String.raw`"shown\u0000hidden"`));

    expect(reading).toMatchObject({ model: { LLM: { checkpoint: { Hub: { repo_id: 'shown' } } } } });
    expect(reading.warnings).toMatchObject([{ why: 'string has a zero byte; only the text before it is kept' }]);
  });
});

describe('floats', () => {
  test.each([
    ['16777217', 16777216],
    ['16777219', 16777220],
    // Just above the middle of two 32-bit floats: rounding through 64 bits first would end on the middle and go down.
    ['9007199791611905', Math.fround(9007200328482816)],
    ['0.1', Math.fround(0.1)],
    ['1e-50', 0],
    ['4e38', Infinity],
  ])('%s in a 32-bit field is %d', (text, value) => {
    const reading = parseConfig(GOOD.replace('compression_decay = 0.999', `compression_decay = ${text}`));

    expect(reading).toMatchObject({ model: { LLM: { optimizer: { Distro: { compression_decay: value } } } } });
  });
});

describe('hostile text', () => {
  test.each([
    ['too large', `# ${'x'.repeat(262_144)}`, ''],
    ['lists in lists', `a = ${'['.repeat(500)}${']'.repeat(500)}`, ''],
    ['dotted keys', `${'a.'.repeat(30_000)}b = 1`, ''],
    ['__proto__', `[config]\n__proto__ = { polluted = 1 }`, 'config.__proto__'],
    ['constructor', `[constructor.prototype]\npolluted = 1`, 'constructor'],
    ['prototype in a list', `a = [{ prototype = 1 }]`, 'a[0].prototype'],
  ])('%s is refused', (_name, text, path) => {
    expect(refused(text).problems[0]).toMatchObject({ path });
    expectUnpolluted();
  });

  test('no text makes it throw or touch a prototype', () => {
    const word = fc.constantFrom(
      '[config]',
      '[model.LLM]',
      '[[a]]',
      '__proto__',
      'constructor',
      '=',
      '1',
      '"x"',
      '{',
      '}',
      '[',
      ']',
      ',',
      '\n',
      '\r\n',
      '.',
      "'''",
      '"""',
      '#',
      'nan',
      '-inf',
      '0x',
      '1979-05-27T07:32:00Z',
      'config',
      'model',
      'LLM',
      'total_steps',
      '\\u0000',
      '\uFEFF',
      '\ud800',
      'é',
    );
    const anything = fc.oneof(
      fc.string({ unit: anyCharacter }),
      fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
    );
    fc.assert(
      fc.property(anything, fc.nat(GOOD.length), (noise, at) => {
        for (const text of [noise, GOOD.slice(0, at) + noise, GOOD.slice(0, at) + noise + GOOD.slice(at)]) {
          const reading = parseConfig(text);
          expect(reading.kind === 'ok' || reading.problems.length > 0).toBe(true);
        }
        expectUnpolluted();
      }),
      { numRuns: propertyRuns() },
    );
  });
});

function refused(text: string) {
  const reading = parseConfig(text);
  if (reading.kind !== 'refused') throw new Error('the text was accepted');
  return reading;
}

function without(text: string, key: string): string {
  return text.replace(new RegExp(`^${key} = .*\n`, 'm'), '');
}

function lineOf(text: string, part: string): number {
  return text.slice(0, text.indexOf(part)).split('\n').length;
}

function repoIdOf(repoId: string): unknown {
  const reading = parseConfig(GOOD.replace('example-org/llama-20m-init', repoId));
  if (reading.kind !== 'ok' || typeof reading.model.LLM.checkpoint === 'string') throw new Error('no repository');
  return 'Hub' in reading.model.LLM.checkpoint ? reading.model.LLM.checkpoint.Hub.repo_id : undefined;
}

function expectUnpolluted(): void {
  expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain('polluted');
  expect(Reflect.ownKeys(Object.prototype)).toEqual(PROTOTYPE_KEYS);
}

const PROTOTYPE_KEYS = Reflect.ownKeys(Object.prototype);
