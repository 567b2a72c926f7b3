// Runs in the page's own world before any of its scripts: receives what the preload script exposes. Windows are opened
// by the app or not at all, and the opener never gets a handle.
const bridge = createBridge('page', secret);
globalThis.open = (url) => {
  bridge.send({ type: 'open', url: String(url) });
  return null;
};
