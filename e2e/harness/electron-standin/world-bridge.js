// Runs in both worlds of a page, with `role` 'page' or 'preload' and a `secret` only the two know. They share the DOM and
// nothing else, so they talk by synchronous events on `window`, whose details Chromium clones from world to world.
// Functions and promises travel as numbers, everything else as it is.
const createBridge = (role, secret) => {
  const { CustomEvent, Promise, Map, Object, Error } = globalThis;
  const dispatch = globalThis.dispatchEvent.bind(globalThis);
  const outgoing = `${secret}:${role === 'page' ? 'preload' : 'page'}`;
  const functions = new Map();
  const promises = new Map();
  const returned = new Map();
  let last = 0;

  const send = (message) => dispatch(new CustomEvent(outgoing, { detail: message }));

  const describe = (value) => {
    if (typeof value === 'function') {
      functions.set(++last, value);
      return { kind: 'function', id: last };
    }
    if (value instanceof Promise) {
      const id = ++last;
      value.then(
        (result) => send({ type: 'settle', id, isOk: true, value: describe(result) }),
        (error) => send({ type: 'settle', id, isOk: false, value: describe(error) }),
      );
      return { kind: 'promise', id };
    }
    if (value instanceof Error) return { kind: 'error', name: value.name, message: value.message };
    if (typeof value === 'symbol') throw new Error('An object could not be cloned.');
    if (Array.isArray(value)) return { kind: 'array', items: value.map(describe) };
    if (Object.prototype.toString.call(value) === '[object Object]') {
      return { kind: 'object', entries: Object.entries(value).map(([key, item]) => [key, describe(item)]) };
    }
    return { kind: 'value', value };
  };

  const build = (described) => {
    switch (described.kind) {
      case 'value':
        return described.value;
      case 'error':
        return Object.assign(new Error(described.message), { name: described.name });
      case 'array':
        return described.items.map(build);
      case 'object':
        return Object.fromEntries(described.entries.map(([key, item]) => [key, build(item)]));
      case 'promise':
        return new Promise((resolve, reject) => promises.set(described.id, { resolve, reject }));
      default:
        return Object.freeze((...args) => callOther(described.id, args));
    }
  };

  const callOther = (functionId, args) => {
    const callId = ++last;
    send({ type: 'call', callId, functionId, args: args.map(describe) });
    const answer = returned.get(callId);
    returned.delete(callId);
    if (!answer) throw new Error('the other world did not answer');
    const value = build(answer.value);
    if (!answer.isOk) throw value;
    return value;
  };

  const receive = {
    call({ callId, functionId, args }) {
      let answer;
      try {
        answer = { isOk: true, value: describe(functions.get(functionId)(...args.map(build))) };
      } catch (error) {
        answer = { isOk: false, value: describe(error) };
      }
      send({ type: 'return', callId, ...answer });
    },
    return: ({ callId, isOk, value }) => returned.set(callId, { isOk, value }),
    settle({ id, isOk, value }) {
      const waiting = promises.get(id);
      promises.delete(id);
      waiting[isOk ? 'resolve' : 'reject'](build(value));
    },
    expose({ key, value }) {
      const deepFreeze = (object) => {
        if (typeof object === 'object' && object !== null) Object.values(Object.freeze(object)).forEach(deepFreeze);
        return object;
      };
      Object.defineProperty(globalThis, key, { value: deepFreeze(build(value)), enumerable: true });
    },
  };
  globalThis.addEventListener(`${secret}:${role}`, (event) => receive[event.detail.type](event.detail));

  return { expose: (key, value) => send({ type: 'expose', key, value: describe(value) }), send, receive };
};
