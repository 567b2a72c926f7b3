'use strict';
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('api', {
  invoke: (channel, value) => ipcRenderer.invoke(channel, value),
  onSecond(listener) {
    const receive = (_event, payload) => listener(payload);
    ipcRenderer.on('second', receive);
    return () => ipcRenderer.removeListener('second', receive);
  },
});
