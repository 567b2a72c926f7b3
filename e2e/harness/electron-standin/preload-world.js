// Runs in the preload script's isolated world, before it: what a sandboxed preload script finds.
const bridge = createBridge('preload', secret);
const post = (message) => globalThis.__standinPost(JSON.stringify(message));
bridge.receive.open = ({ url }) => post({ type: 'open', url });
bridge.receive.permission = ({ id, permission }) => post({ type: 'permission', id, permission });

const waiting = new Map();
const listeners = new Map();
let lastCall = 0;

globalThis.__standinReceive = (text) => {
  const message = JSON.parse(text);
  if (message.type === 'event') {
    for (const listener of listeners.get(message.channel) ?? []) listener({}, codec.decode(message.payload));
    return;
  }
  if (message.type === 'answered') return bridge.send(message);
  const { resolve, reject } = waiting.get(message.id);
  waiting.delete(message.id);
  if (message.isOk) resolve(codec.decode(message.payload));
  else reject(new Error(message.payload));
};

const electron = {
  contextBridge: { exposeInMainWorld: (key, value) => bridge.expose(key, value) },
  ipcRenderer: {
    invoke: (channel, ...args) =>
      new Promise((resolve, reject) => {
        const payload = codec.encode(args);
        waiting.set(++lastCall, { resolve, reject });
        post({ type: 'invoke', id: lastCall, channel, payload });
      }),
    on(channel, listener) {
      listeners.set(channel, [...(listeners.get(channel) ?? []), listener]);
    },
    removeListener(channel, listener) {
      listeners.set(
        channel,
        (listeners.get(channel) ?? []).filter((known) => known !== listener),
      );
    },
  },
};

const requireInSandbox = (name) => {
  if (name === 'electron') return electron;
  if (['events', 'timers', 'url'].includes(name)) throw new Error(`the stand-in has no ${name} for preload scripts`);
  throw new Error(`module not found: ${name}`);
};
