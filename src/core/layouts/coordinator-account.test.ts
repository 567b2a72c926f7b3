import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accountFromJson, accountToJson } from '#core/accounts/to-json.ts';
import type { FieldNode } from '#core/codec/field-node.ts';
import type { MemoryNode } from '#core/codec/memory-layout.ts';
import { accountInterface } from '#core/codec/program-interface.ts';
import { arbitraryValue } from '#test/arbitrary-value.ts';
import { errorCodeOf } from '#test/error-code.ts';
import { propertyRuns } from '#test/property-runs.ts';
import { psycheBytes, psycheJson, thirdPartyBytes, thirdPartyJson } from '#test/psyche-files.ts';
import {
  COORDINATOR_ACCOUNT_SIZE,
  coordinatorFieldsReader,
  coordinatorFieldTree,
  coordinatorLayout,
  decodeCoordinatorAccount,
  encodeCoordinatorAccount,
  fieldRange,
  readCoordinatorOverview,
} from './coordinator-account.ts';
import type { CoordinatorAccount } from './generated/coordinator.ts';

const FIXTURES = ['mid-training', 'full', ...Array.from({ length: 8 }, (_, index) => `variant-${index}`)];

describe.each(FIXTURES)('fixture %s', (name) => {
  const bytes = psycheBytes(`fixtures/${name}.bin`);
  const { decoded } = psycheJson<{ decoded: unknown }>(`fixtures/${name}.expected.json`);

  test('decodes to every expected value', () => {
    expect(accountToJson('coordinator', 'CoordinatorAccount', decodeCoordinatorAccount(bytes))).toEqual(decoded);
  });

  test('is read back as the same value after encoding, wherever its texts are whole', () => {
    const account = wholeTexts(decodeCoordinatorAccount(bytes));
    expect(decodeCoordinatorAccount(encodeCoordinatorAccount(account))).toEqual(account);
  });

  test('has a field tree that holds the same values', () => {
    expect(valueFromTree(coordinatorFieldTree(bytes))).toEqual(decodeCoordinatorAccount(bytes));
  });

  test('has an overview that agrees with the whole', () => {
    const { state, version, nonce } = decodeCoordinatorAccount(bytes);
    expect(readCoordinatorOverview(bytes)).toEqual({
      version,
      nonce,
      run_id: state.coordinator.run_id,
      name: state.metadata.name,
      description: state.metadata.description,
      run_state: state.coordinator.run_state,
      epoch: state.coordinator.progress.epoch,
      step: state.coordinator.progress.step,
      total_steps: state.coordinator.config.total_steps,
      run_state_start_unix_timestamp: state.coordinator.run_state_start_unix_timestamp,
      pending_pause: state.coordinator.pending_pause,
      epoch_clients: BigInt(state.coordinator.epoch_state.clients.length),
      exited_clients: BigInt(state.coordinator.epoch_state.exited_clients.length),
      known_clients: BigInt(state.clients_state.clients.length),
      next_active: state.clients_state.next_active,
      current_earning_rate: state.clients_state.current_epoch_rates.earning_rate_total_shared,
      current_slashing_rate: state.clients_state.current_epoch_rates.slashing_rate_per_client,
      future_earning_rate: state.clients_state.future_epoch_rates.earning_rate_total_shared,
      future_slashing_rate: state.clients_state.future_epoch_rates.slashing_rate_per_client,
      client_version: state.client_version,
    });
  });
});

test('a fixture whose unused bytes are zero is written back byte for byte', () => {
  const bytes = psycheBytes('fixtures/mid-training.bin');
  expect(encodeCoordinatorAccount(decodeCoordinatorAccount(bytes))).toEqual(bytes);
});

test('the JSON of a fixture is read back as its value', () => {
  const account = decodeCoordinatorAccount(psycheBytes('fixtures/mid-training.bin'));
  const json = accountToJson('coordinator', 'CoordinatorAccount', account);
  expect(accountFromJson('coordinator', 'CoordinatorAccount', json)).toEqual(account);
});

test('every node of the published layout has exactly our offset and size', () => {
  const published = psycheJson<{ root: PublishedNode; totalSize: number }>('layout-coordinator-account.json');
  const nodes = publishedNodes(published.root, 'account');
  expect(nodes.length).toBeGreaterThan(150);
  expect(ourNodes(coordinatorLayout, 8, 'account')).toEqual(nodes);
  expect(published.totalSize).toBe(COORDINATOR_ACCOUNT_SIZE);
  expect(fieldRange('nonce')).toEqual({ start: COORDINATOR_ACCOUNT_SIZE - 8, end: COORDINATOR_ACCOUNT_SIZE });
});

test.each([
  ['state.coordinator.epoch_state.rounds[3].witnesses[31].broadcast_merkle.inner', 1048 + 3 * 14112 + 31 * 440 + 408],
  ['state.clients_state.clients[255].active', 94424 + 255 * 96 + 88],
  ['state.clients_state.clients.length', 119000],
  ['state.coordinator.model.LLM.checkpoint.Hub.repo_id', 505],
  ['state.coordinator.model.LLM.optimizer.Distro.weight_decay', 948],
  ['state.client_version', 119050],
])('%s starts at byte %i', (path, start) => {
  expect(fieldRange(path).start).toBe(start);
});

test.each(['state.nothing', 'state.clients_state.clients[256]', 'nonce.x', 'state.coordinator.model.Llm'])(
  'the path %s is refused',
  (path) => {
    expect(() => fieldRange(path)).toThrow(expect.objectContaining({ code: 'codec/unknown-path', params: { path } }));
  },
);

describe('slices', () => {
  const bytes = psycheBytes('fixtures/mid-training.bin');
  const read = coordinatorFieldsReader({ nextActive: 'state.clients_state.next_active', nonce: 'nonce' });

  test('give the same values as the whole account', () => {
    expect(read(bytes.subarray(119_000), 119_000)).toEqual({ nextActive: 8n, nonce: 48213n });
  });

  test('that do not hold a field are refused', () => {
    expect(() => read(bytes.subarray(119_000, 119_158), 119_000)).toThrow(
      expect.objectContaining({ code: 'codec/too-short' }),
    );
    expect(() => read(bytes.subarray(119_009), 119_009)).toThrow(expect.objectContaining({ code: 'codec/too-short' }));
  });
});

describe('accounts that are not ours to read', () => {
  test('another size comes first', () => {
    expect(() => decodeCoordinatorAccount(new Uint8Array(120_016))).toThrow(
      expect.objectContaining({ code: 'account/size', params: { expected: 119_160, actual: 120_016 } }),
    );
  });

  test('another discriminator comes second', () => {
    expect(() => decodeCoordinatorAccount(new Uint8Array(COORDINATOR_ACCOUNT_SIZE))).toThrow(
      expect.objectContaining({ code: 'account/discriminator' }),
    );
  });

  test('another version comes third', () => {
    const bytes = psycheBytes('fixtures/mid-training.bin');
    bytes[8] = 2;
    expect(() => readCoordinatorOverview(bytes)).toThrow(
      expect.objectContaining({ code: 'account/version', params: { expected: '1', actual: '2' } }),
    );
  });

  test.each([
    ['a run state that does not exist', 408, 8, 'codec/invalid-tag', 'state.coordinator.run_state'],
    ['more epoch clients than slots', 75_929, 2, 'codec/invalid-length', 'state.coordinator.epoch_state.clients'],
    [
      'a client state that does not exist',
      57_560,
      4,
      'codec/invalid-tag',
      'state.coordinator.epoch_state.clients[0].state',
    ],
    ['an option tag of 2', 440, 2, 'codec/invalid-option', 'state.coordinator.model.LLM.checkpoint.P2P.revision'],
    ['a bool of 2', 964, 2, 'codec/invalid-bool', 'state.coordinator.model.LLM.optimizer.Distro.quantize_1bit'],
  ])('%s is refused with its path', (_what, offset, value, code, path) => {
    const bytes = psycheBytes('fixtures/mid-training.bin');
    bytes[offset] = value;
    const refusal = expect.objectContaining({ code, params: expect.objectContaining({ path }) });
    expect(() => decodeCoordinatorAccount(bytes)).toThrow(refusal);
  });

  test('a small boolean of 7 is true', () => {
    const bytes = psycheBytes('fixtures/mid-training.bin');
    bytes[94_400] = 7;
    expect(decodeCoordinatorAccount(bytes).state.coordinator.epoch_state.first_round).toBe(true);
  });

  test('noise over any part is understood or refused with a code, never anything else', () => {
    const clean = psycheBytes('fixtures/full.bin');
    fc.assert(
      fc.property(
        fc.integer({ min: 16, max: 119_000 }),
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        (at, noise) => {
          const bytes = clean.slice();
          bytes.set(noise, at);
          const code = errorCodeOf(() => decodeCoordinatorAccount(bytes));
          expect(code === undefined || code.startsWith('codec/')).toBe(true);
        },
      ),
      { numRuns: propertyRuns() },
    );
  });
});

test('any account is read back as it was written', () => {
  const { shape } = accountInterface('coordinator', 'CoordinatorAccount');
  fc.assert(
    fc.property(arbitraryValue(shape), (value) => {
      const account = { ...(value as CoordinatorAccount), version: 1n };
      expect(decodeCoordinatorAccount(encodeCoordinatorAccount(account))).toEqual(account);
    }),
    { numRuns: Math.ceil(propertyRuns() / 10) },
  );
});

test('decoded keys do not change with the bytes they came from', () => {
  const bytes = psycheBytes('fixtures/mid-training.bin');
  const account = decodeCoordinatorAccount(bytes);
  const signer = account.state.clients_state.clients[0]?.id.signer.slice();
  bytes.fill(0);
  expect(account.state.clients_state.clients[0]?.id.signer).toEqual(signer);
});

const v1 = thirdPartyBytes('coordinator-account-v1.bin');
const v0 = thirdPartyBytes('coordinator-account-v0.bin');

test.skipIf(!v1)('the account written on chain decodes to every expected value', () => {
  const { decoded } = thirdPartyJson<{ decoded: unknown }>('coordinator-account-v1.expected.json');
  const account = decodeCoordinatorAccount(v1 ?? new Uint8Array());
  expect(accountToJson('coordinator', 'CoordinatorAccount', account)).toEqual(decoded);
});

test.skipIf(!v0)('the older account written on chain is refused by its size', () => {
  expect(() => decodeCoordinatorAccount(v0 ?? new Uint8Array())).toThrow(
    expect.objectContaining({ code: 'account/size', params: { expected: 119_160, actual: 119_072 } }),
  );
});

type PublishedNode = {
  kind: string;
  offset: number;
  size: number;
  count?: number;
  stride?: number;
  capacity?: number;
  lengthOffset?: number;
  tagOffset?: number;
  tagSize?: number;
  unionOffset?: number;
  element?: PublishedNode;
  value?: PublishedNode;
  fields?: (PublishedNode & { name: string })[];
  variants?: Record<
    string,
    { value: number; form: string; payload?: PublishedNode; fields?: (PublishedNode & { name: string })[] }
  >;
};

/** One node of a layout in comparable form; `parts` are the numbers that its kind adds. */
type ComparableNode = { path: string; kind: string; at: number; size: number; parts: readonly unknown[] };

/** Every node of the published layout, in order. */
function publishedNodes(node: PublishedNode, path: string): ComparableNode[] {
  const { kind, offset, size } = node;
  const variants = Object.entries(node.variants ?? {});
  const parts = {
    struct: [],
    array: [node.count, node.stride],
    fixedVec: [node.capacity, node.stride, node.lengthOffset],
    option: [node.tagOffset, node.tagSize],
    enum: [node.tagOffset, node.tagSize, ...variants.map(([name, { value, form }]) => [name, value, form === 'unit'])],
  }[kind];
  const fields = (of: readonly (PublishedNode & { name: string })[] | undefined, within: string) =>
    (of ?? []).flatMap((field) => publishedNodes(field, `${within}.${field.name}`));
  return [
    { path, kind, at: offset, size, parts: parts ?? [] },
    ...fields(node.fields, path),
    ...(node.element ? publishedNodes(node.element, `${path}[]`) : []),
    ...(node.value ? publishedNodes(node.value, `${path}?`) : []),
    ...variants.flatMap(([name, variant]) => [
      ...(variant.payload ? publishedNodes(variant.payload, `${path}.${name}`) : []),
      ...fields(variant.fields, `${path}.${name}`),
    ]),
  ];
}

/** Every node of our layout, in order. The fields of a struct variant have no node of their own, as published. */
function ourNodes(node: MemoryNode, at: number, path: string): ComparableNode[] {
  const self = (kind: string, parts: readonly unknown[]) => ({ path, kind, at, size: node.size, parts });
  switch (node.kind) {
    case 'leaf':
      return [self(node.leaf.kind === 'byteArray' ? 'bytes' : node.leaf.kind, [])];
    case 'struct':
      return [
        self('struct', []),
        ...node.fields.flatMap((field) => ourNodes(field.node, at + field.offset, `${path}.${field.name}`)),
      ];
    case 'array':
      return [self('array', [node.count, node.item.size]), ...ourNodes(node.item, at, `${path}[]`)];
    case 'fixedVec': {
      const parts = [node.capacity, node.item.size, at + node.lengthOffset];
      return [self('fixedVec', parts), ...ourNodes(node.item, at, `${path}[]`)];
    }
    case 'option':
      return [self('option', [at, node.tagSize]), ...ourNodes(node.item, at + node.valueOffset, `${path}?`)];
    case 'enum': {
      const variants = node.variants.map(({ name, payload }, index) => [name, index, payload === undefined]);
      const payloads = node.variants.flatMap(({ name, payload }) => {
        const nodes = payload ? ourNodes(payload, at + node.unionOffset, `${path}.${name}`) : [];
        return payload?.shape.kind === 'struct' && payload.shape.type.includes('::') ? nodes.slice(1) : nodes;
      });
      return [self('enum', [at, node.tagSize, ...variants]), ...payloads];
    }
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the published layout ends early');
  return value;
}

/** Rebuilds a value from a field tree. Unit variants and leaves hold it; lists are recognised by their type. */
function valueFromTree(node: FieldNode): unknown {
  if (!node.children) return node.value;
  if (typeof node.value === 'string') return { [node.value]: valueFromTree(present(node.children[0])) };
  if (/^(Option<)?(\[|FixedVec<)/.test(node.type)) return node.children.map(valueFromTree);
  return Object.fromEntries(node.children.map((child) => [child.name, valueFromTree(child)]));
}

/** Texts cut inside a character were decoded with U+FFFD, which has no place in a full field: these are shortened. */
function wholeTexts<T>(value: T): T {
  if (typeof value === 'string') return value.replace(/\ufffd+$/u, '') as T;
  if (Array.isArray(value)) return value.map(wholeTexts) as T;
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, wholeTexts(part)])) as T;
}
