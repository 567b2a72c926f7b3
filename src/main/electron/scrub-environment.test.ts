import { expect, test } from 'vitest';
import { refusedSwitches, scrubEnvironment } from './scrub-environment.ts';

test('what could change trust is gone from the environment, the rest stays', () => {
  const environment: Record<string, string | undefined> = {
    NODE_TLS_REJECT_UNAUTHORIZED: '0',
    node_extra_ca_certs: '/tmp/ca.pem',
    NODE_OPTIONS: '--require /tmp/a.js',
    SSLKEYLOGFILE: '/tmp/keys',
    ELECTRON_RUN_AS_NODE: '1',
    Electron_Enable_Logging: '1',
    HOME: '/home/someone',
    PATH: '/usr/bin',
  };
  scrubEnvironment(environment);
  expect(environment).toEqual({ HOME: '/home/someone', PATH: '/usr/bin' });
});

test.each([
  '--remote-debugging-port=9222',
  '--remote-debugging-port',
  '--remote-debugging-pipe',
  '--remote-debugging-address=0.0.0.0',
  '--load-extension=/tmp/x',
  '--no-sandbox',
  '-no-sandbox',
  '--NO-SANDBOX',
  '--disable-web-security',
  '--js-flags=--expose-gc',
  '--host-rules=MAP * evil',
  '--proxy-server=http://evil',
  '--proxy-pac-url=http://evil',
  '--proxy-bypass-list=*',
])('%s is refused', (argument) => {
  expect(refusedSwitches(['/app', argument, 'a.json'])).toEqual([argument]);
});

test.each(['--user-data-dir=/data', '--no-sandboxing', '--enable-features=X', 'no-sandbox', '--', '-', ''])(
  '%s is not',
  (argument) => {
    expect(refusedSwitches([argument])).toEqual([]);
  },
);
