import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { encodeInstruction } from '#core/codec/instruction-codec.ts';
import { decodeCoordinatorAccount } from '#core/layouts/coordinator-account.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { compareConfig } from './compare-config.ts';
import { CONFIGURATION, INTEGER_MAX, TOML_INTEGER_MAX, type Shape } from './config-schema.ts';
import type { RunConfiguration } from './config-types.ts';
import { cutText } from './fixed-text.ts';
import { listValues } from './list-values.ts';
import { parseConfig } from './parse-config.ts';
import { PRACTICE_CONFIG_TEXT } from './practice-config.ts';
import { writeConfig } from './write-config.ts';

const VECTORS = new URL('../../../test/fixtures/psyche/vectors/configs/', import.meta.url);
const ACCOUNTS = new URL('../../../test/fixtures/psyche/fixtures/', import.meta.url);

test('any configuration is read back from what is written, to the byte', () => {
  fc.assert(
    fc.property(arbitraryConfiguration(), (configuration) => {
      const again = accepted(writeConfig(configuration));

      expect(again).toEqual(configuration);
      expect(updateOf(again)).toEqual(updateOf(configuration));
      expect(compareConfig(configuration, again)).toEqual([]);
    }),
    { numRuns: propertyRuns() },
  );
});

test.each(readdirSync(VECTORS).filter((file) => file.startsWith('ok-') && file.endsWith('.toml')))(
  '%s is read back from what is written, to the byte',
  (file) => {
    const configuration = accepted(readFileSync(new URL(file, VECTORS), 'utf8'));

    expect(updateOf(accepted(writeConfig(configuration)))).toEqual(updateOf(configuration));
  },
);

test.each(readdirSync(ACCOUNTS).filter((file) => /^(variant|mid).*bin$/.test(file)))(
  'the configuration in %s is exported to a file that changes nothing',
  (file) => {
    const bytes = new Uint8Array(readFileSync(new URL(file, ACCOUNTS)));
    const { config, model } = decodeCoordinatorAccount(bytes).state.coordinator;

    expect(compareConfig({ config, model }, accepted(writeConfig({ config, model })))).toEqual([]);
  },
);

test('a number that TOML cannot hold is refused by name', () => {
  const { config, model } = decodeCoordinatorAccount(readFileSync(new URL('full.bin', ACCOUNTS))).state.coordinator;

  expect(() => writeConfig({ config, model })).toThrow(
    expect.objectContaining({
      code: 'config/not-writable',
      params: { path: 'config.warmup_time', value: '18446744073709551614' },
    }),
  );
});

test('the file reads like one a person wrote', () => {
  expect(writeConfig(accepted(PRACTICE_CONFIG_TEXT))).toContain(
    '[model.LLM.data_location.Http]\ntoken_size_in_bytes = "TwoBytes"\nshuffle = "DontShuffle"\n\n[model.LLM.data_location.Http.location.Gcp]\nbucket_name = ',
  );
  expect(writeConfig(accepted(PRACTICE_CONFIG_TEXT))).toContain('compression_decay = 0.999\n');
});

describe('a comparison', () => {
  const before = accepted(PRACTICE_CONFIG_TEXT);

  test('names each value that differs, in the order of the fields', () => {
    const after = accepted(
      PRACTICE_CONFIG_TEXT.replace('clip_grad_norm = 1.0\n', '')
        .replace('= 0.999', '= 0.9')
        .replace('warmup_time = 30', 'warmup_time = 60'),
    );

    expect(compareConfig(before, after)).toEqual([
      { path: 'config.warmup_time', before: '30', after: '60' },
      { path: 'model.LLM.optimizer.Distro.clip_grad_norm', before: '1', after: 'none' },
      { path: 'model.LLM.optimizer.Distro.compression_decay', before: '0.999', after: '0.9' },
    ]);
  });

  test('shows a choice of another kind as one difference', () => {
    const after = accepted(PRACTICE_CONFIG_TEXT.replace('checkpoint.Hub', 'checkpoint.P2P'));

    expect(compareConfig(before, after)).toEqual([
      {
        path: 'model.LLM.checkpoint',
        before: 'Hub { repo_id = "example-org/llama-20m-init", revision = none }',
        after: 'P2P { repo_id = "example-org/llama-20m-init", revision = none }',
      },
    ]);
  });

  test('takes a text cut on the chain and the same text in a file as equal', () => {
    const long = PRACTICE_CONFIG_TEXT.replace('example-org/llama-20m-init', `${'a'.repeat(63)}é`);
    const onChain = accepted(PRACTICE_CONFIG_TEXT.replace('example-org/llama-20m-init', `${'a'.repeat(63)}\uFFFD`));

    expect(compareConfig(accepted(long), onChain).map(({ path }) => path)).toEqual([]);
  });

  test('includes metadata and client version where both sides have them', () => {
    const metadata = { name: 'Atlas', description: '', num_parameters: 1n, vocab_size: 2n };

    expect(
      compareConfig(
        { metadata, client_version: 'a' },
        { metadata: { ...metadata, vocab_size: 3n }, client_version: 'b' },
      ),
    ).toEqual([
      { path: 'metadata.vocab_size', before: '2', after: '3' },
      { path: 'client_version', before: '"a"', after: '"b"' },
    ]);
    expect(compareConfig({ metadata }, { client_version: 'b' })).toEqual([]);
  });
});

test('all values are listed, each choice under its name', () => {
  const values = new Map(listValues(accepted(PRACTICE_CONFIG_TEXT)).map(({ path, value }) => [path, value]));

  expect(values.size).toBe(14 + 4 + 2 + 4 + 5 + 6);
  expect(values.get('model.LLM.checkpoint.Hub.revision')).toBe('none');
  expect(values.get('model.LLM.lr_schedule.Cosine.base_lr')).toBe('0.0004');
});

function accepted(text: string): RunConfiguration {
  const reading = parseConfig(text);
  if (reading.kind === 'refused') throw new Error(JSON.stringify(reading.problems));
  return { config: reading.config, model: reading.model };
}

function updateOf({ config, model }: RunConfiguration): Uint8Array {
  return encodeInstruction('coordinator', 'update', { metadata: null, config, model, progress: null });
}

function arbitraryConfiguration(): fc.Arbitrary<RunConfiguration> {
  return arbitraryOf(CONFIGURATION) as fc.Arbitrary<RunConfiguration>;
}

function arbitraryOf(shape: Shape): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case 'integer':
      return shape.type === 'u64' ? fc.bigInt(0n, TOML_INTEGER_MAX) : fc.nat(Number(INTEGER_MAX[shape.type]));
    case 'float':
      return shape.bits === 32 ? fc.float({ noNaN: true }) : fc.double({ noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'text':
      return fc
        .string({ unit: 'grapheme', maxLength: shape.maxBytes })
        .map((text) => cutText(text.replaceAll('\0', ''), shape.maxBytes));
    case 'list': {
      const items = fc.array(arbitraryOf(shape.of), { minLength: shape.length, maxLength: shape.length });
      return shape.of.kind === 'integer' ? items.map((bytes) => Uint8Array.from(bytes.map(Number))) : items;
    }
    case 'option':
      return fc.option(arbitraryOf(shape.of));
    case 'struct':
      return fc.record(Object.fromEntries(shape.fields.map(([key, field]) => [key, arbitraryOf(field)])), {
        noNullPrototype: true,
      });
    case 'enum':
      return fc.oneof(
        ...shape.variants.map((variant) => {
          if (variant.form === 'unit') return fc.constant(variant.name);
          const payload = arbitraryOf(
            variant.form === 'newtype' ? variant.of : { kind: 'struct', fields: variant.fields },
          );
          return payload.map((value) => ({ [variant.name]: value }));
        }),
      );
  }
}
