// Runs in the page's own world before any of its scripts: receives what the preload script exposes. Windows are opened
// by the app or not at all, and the opener never gets a handle.
const bridge = createBridge('page', secret);
globalThis.open = (url) => {
  bridge.send({ type: 'open', url: String(url) });
  return null;
};

// Electron asks the app at each request for a permission; Chromium only takes the answer beforehand. So a request waits here
// until the app was asked and Chromium knows the answer.
const waitingForAnswer = new Map();
let lastQuestion = 0;
bridge.receive.answered = ({ id }) => {
  waitingForAnswer.get(id)();
  waitingForAnswer.delete(id);
};
const askFirst = (owner, name, permission) => {
  const original = owner?.[name];
  if (!original) return;
  owner[name] = async (...args) => {
    await new Promise((resolve) => {
      waitingForAnswer.set(++lastQuestion, resolve);
      bridge.send({ type: 'permission', id: lastQuestion, permission });
    });
    return original.apply(owner, args);
  };
};
askFirst(globalThis.navigator.mediaDevices, 'getUserMedia', 'media');
askFirst(globalThis.navigator.clipboard, 'read', 'clipboard-read');
askFirst(globalThis.navigator.clipboard, 'readText', 'clipboard-read');
askFirst(globalThis.navigator.clipboard, 'write', 'clipboard-sanitized-write');
askFirst(globalThis.navigator.clipboard, 'writeText', 'clipboard-sanitized-write');
askFirst(globalThis.navigator.geolocation, 'getCurrentPosition', 'geolocation');
askFirst(globalThis.navigator, 'requestMIDIAccess', 'midi');
askFirst(globalThis.Notification, 'requestPermission', 'notifications');
