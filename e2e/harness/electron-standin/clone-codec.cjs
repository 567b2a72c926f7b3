'use strict';
// Values between page and main as JSON text. Loaded by Node and, as text, into the preload world, so that both ends
// refuse the same things. Carries JSON, undefined, bigint and bytes; refuses what structured clone refuses.

/** @param {unknown} value */
function encode(value) {
  return JSON.stringify(tag(value, new Set()));
}

/** @param {string} text */
function decode(text) {
  return untag(JSON.parse(text));
}

function tag(value, parents) {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : { $: 'number', value: String(value) };
  if (value === undefined) return { $: 'undefined' };
  if (typeof value === 'bigint') return { $: 'bigint', value: value.toString() };
  if (typeof value === 'function' || typeof value === 'symbol') throw new Error('An object could not be cloned.');
  if (value instanceof Uint8Array) return { $: 'bytes', value: Array.from(value) };
  if (parents.has(value)) throw new Error('the stand-in carries no circular values');
  const inside = new Set(parents).add(value);
  if (Array.isArray(value)) return value.map((item) => tag(item, inside));
  const kind = Object.prototype.toString.call(value);
  if (kind === '[object Promise]' || kind === '[object WeakMap]' || kind === '[object WeakSet]') {
    throw new Error('An object could not be cloned.');
  }
  if (kind !== '[object Object]') throw new Error(`the stand-in does not carry ${kind}`);
  return { $: 'object', value: Object.entries(value).map(([key, item]) => [key, tag(item, inside)]) };
}

function untag(value) {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(untag);
  if (value.$ === 'undefined') return undefined;
  if (value.$ === 'bigint') return BigInt(value.value);
  if (value.$ === 'number') return Number(value.value);
  if (value.$ === 'bytes') return Uint8Array.from(value.value);
  const object = {};
  for (const [key, item] of value.value) {
    Object.defineProperty(object, key, { value: untag(item), enumerable: true, writable: true, configurable: true });
  }
  return object;
}

module.exports = { encode, decode };
