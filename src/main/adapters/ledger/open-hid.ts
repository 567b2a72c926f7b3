import type { Transport } from './look-for-ledger.ts';

/** Opens the first Ledger on USB. The native module is loaded when somebody asks: it would slow down every start. */
export async function openHid(): Promise<Transport | undefined | 'in-use'> {
  const { default: TransportNodeHid } = await import('@ledgerhq/hw-transport-node-hid');
  const devices: readonly unknown[] = await TransportNodeHid.list();
  const [path] = devices;
  if (typeof path !== 'string') return undefined;
  try {
    return await TransportNodeHid.open(path);
  } catch {
    return 'in-use';
  }
}
