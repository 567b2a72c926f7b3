import { describe, expect, test } from 'vitest';
import { answerText, RpcError } from './json-rpc.ts';
import type { JsonValue } from './write-json.ts';

function ask(text: string, answer: (method: string, params: unknown) => JsonValue = () => 'ok'): unknown {
  const faults: unknown[] = [];
  const answered = answerText(text, answer, (fault) => faults.push(fault));
  return answered === undefined ? undefined : JSON.parse(answered);
}

const request = (members: object) => JSON.stringify({ jsonrpc: '2.0', method: 'm', id: 1, ...members });

describe('JSON-RPC', () => {
  test.each([0, 7, 'text', null])('echoes the id %j', (id) => {
    expect(ask(request({ id }))).toEqual({ jsonrpc: '2.0', result: 'ok', id });
  });

  test('takes null for no parameters, as clients in Rust send it', () => {
    expect(ask(request({ params: null }), (_method, params) => JSON.stringify(params))).toMatchObject({ result: '[]' });
  });

  test('says nothing to a request without id', () => {
    expect(ask(JSON.stringify({ jsonrpc: '2.0', method: 'ping' }))).toBeUndefined();
  });

  test.each([
    ['', -32700],
    ['{', -32700],
    ['\u0000', -32700],
    ['[]', -32600],
    ['1', -32600],
    ['null', -32600],
    ['{}', -32600],
    [request({ jsonrpc: '1.0' }), -32600],
    [request({ method: 5 }), -32600],
    [request({ id: {} }), -32600],
  ])('refuses %j with %d', (text, code) => {
    expect(ask(text)).toMatchObject({ error: { code } });
  });

  test('answers a batch one by one, leaving out notifications', () => {
    const text = `[${request({})},{"jsonrpc":"2.0","method":"x"},5]`;
    expect(ask(text)).toMatchObject([
      { id: 1, result: 'ok' },
      { id: null, error: { code: -32600 } },
    ]);
  });

  test('passes on an error with its data', () => {
    const answer = () => {
      throw new RpcError(-32002, 'no', { slot: 5n });
    };
    expect(ask(request({}), answer)).toMatchObject({ error: { code: -32002, message: 'no', data: { slot: 5 } } });
  });

  test('does not show its own faults to the client', () => {
    const faults: unknown[] = [];
    const fail = () => {
      throw new Error('secret');
    };
    const text = answerText(request({}), fail, (fault) => faults.push(fault));
    expect(text).not.toContain('secret');
    expect(faults).toHaveLength(1);
  });
});
