import { openTransportReplayer, RecordStore } from '@ledgerhq/hw-transport-mocker';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { createLedgerLook } from './look-for-ledger.ts';

type Exchange = { readonly req: string; readonly res: string };

type Recordings = Readonly<Record<'app' | 'configuration' | 'configurationWithBlindSigning' | 'address', Exchange>>;
const recordings = JSON.parse(readFileSync('test/fixtures/ledger/look-1.9.0.json', 'utf8')) as Recordings;

/** A device that answers exactly what the real app 1.9.0 answered, in this order, and nothing else. */
function deviceWith(...exchanges: readonly Exchange[]) {
  const records = exchanges.map(({ req, res }) => `=> ${req}\n<= ${res}`).join('\n');
  return () => openTransportReplayer(RecordStore.fromString(records));
}

describe('a look for a Ledger', () => {
  test('finds none without a device, and one that another program holds', async () => {
    expect(await createLedgerLook(async () => undefined)()).toEqual({ kind: 'absent' });
    expect(await createLedgerLook(async () => 'in-use')()).toEqual({ kind: 'busy' });
  });

  test('reads version, blind signing and first address of an open Solana app', async () => {
    const { app, configuration, address } = recordings;
    expect(await createLedgerLook(deviceWith(app, configuration, address))()).toEqual({
      kind: 'ready',
      address: 'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk',
      path: "44'/501'/0'/0'",
      appVersion: '1.9.0',
      blindSigning: false,
    });
  });

  test('sees that blind signing is on', async () => {
    const { app, configurationWithBlindSigning, address } = recordings;
    const state = await createLedgerLook(deviceWith(app, configurationWithBlindSigning, address))();
    expect(state).toMatchObject({ kind: 'ready', blindSigning: true });
  });

  test('tells the dashboard and other apps from the Solana app', async () => {
    const dashboard = { req: 'b001000000', res: '0105424f4c4f5305312e312e3001009000' };
    expect(await createLedgerLook(deviceWith(dashboard))()).toEqual({ kind: 'other-app' });
    expect(await createLedgerLook(deviceWith({ req: 'b001000000', res: '6d00' }))()).toEqual({ kind: 'other-app' });
  });

  test('sees a locked device', async () => {
    expect(await createLedgerLook(deviceWith({ req: 'b001000000', res: '5515' }))()).toEqual({ kind: 'locked' });
  });

  test('asks a device once when two windows look at the same time', async () => {
    let opened = 0;
    const { app, configuration, address } = recordings;
    const look = createLedgerLook(() => {
      opened += 1;
      return deviceWith(app, configuration, address)();
    });
    const [first, second] = await Promise.all([look(), look()]);
    expect(first).toEqual(second);
    expect(opened).toBe(1);
  });
});
