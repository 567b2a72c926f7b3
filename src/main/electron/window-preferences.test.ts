import { expect, test } from 'vitest';
import { windowPreferences } from './window-preferences.ts';

test('every right of a page is written out, and none is granted', () => {
  expect(windowPreferences('/app/preload.js', true)).toEqual({
    preload: '/app/preload.js',
    partition: 'ui',
    sandbox: true,
    contextIsolation: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    plugins: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    webgl: false,
    disableDialogs: true,
    disableBlinkFeatures: 'Auxclick',
    defaultEncoding: 'utf-8',
    devTools: false,
  });
});

test('developer tools open only when the app runs from source', () => {
  expect(windowPreferences('/app/preload.js', false).devTools).toBe(true);
});
