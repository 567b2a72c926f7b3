'use strict';
// An empty window in the same shell: what starting the console is measured against, and what the tests of the stand-in run.
// `--preload=FILE` gives it another preload script, `--preference=NAME` turns a web preference around.
const { join } = require('node:path');
const { app, BrowserWindow, ipcMain, protocol, session } = require('electron');

const argument = (name) => process.argv.find((value) => value.startsWith(`--${name}=`))?.slice(name.length + 3);

protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true } }]);
ipcMain.handle('echo', (_event, value) => value);
ipcMain.handle('frame', ({ senderFrame }) => ({ origin: senderFrame.origin, isMain: senderFrame.parent === null }));
ipcMain.handle('unclonable', () => () => 'a function');
ipcMain.handle('failing', () => {
  throw new TypeError('on purpose');
});

const page = '<!doctype html><title>Empty</title><div id="root"><p>Empty</p></div>';

void app.whenReady().then(async () => {
  if (!app.requestSingleInstanceLock()) return app.quit();
  session
    .fromPartition('ui')
    .protocol.handle('app', ({ url }) =>
      url === 'app://bundle/index.html'
        ? new Response(page, { headers: { 'Content-Type': 'text/html' } })
        : new Response(null, { status: 404 }),
    );
  const preferences = {
    sandbox: true,
    contextIsolation: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  };
  const turned = argument('preference');
  if (turned) preferences[turned] = !preferences[turned];
  const window = new BrowserWindow({
    width: 800,
    height: 600,
    useContentSize: true,
    webPreferences: { ...preferences, partition: 'ui', preload: argument('preload') ?? join(__dirname, 'preload.cjs') },
  });
  app.on('second-instance', () => window.webContents.send('second', { is: 'here' }));
  window.webContents.on('will-navigate', (event) => event.preventDefault());
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }));
  await window.loadURL('app://bundle/index.html');
});
