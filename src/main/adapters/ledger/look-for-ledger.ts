import type Solana from '@ledgerhq/hw-app-solana';
import type { LedgerState } from '#core/signers/signer.ts';
import { addressFromBytes } from '#core/solana/address.ts';

/** A connection to a device. */
export type Transport = ConstructorParameters<typeof Solana>[0];

/** First account of Ledger Live and most wallets. Source: research/ledger-airgap.md, derivation schemes. */
const FIRST_PATH = "44'/501'/0'/0'";

/** Name the device gives its home screen. Source: BOLOS, command B0 01. */
const SOLANA_APP = 'Solana';

/** Status words. Source: ledger app-solana 1.9.0 and BOLOS. */
const LOCKED = [0x5515, 0x6982, 0x6804, 0x5303];

/** `undefined`: no device is connected. `'in-use'`: another program has it. */
export type OpenTransport = () => Promise<Transport | undefined | 'in-use'>;

/**
 * Makes the function that looks at a Ledger. A device takes one request at a time: who asks meanwhile gets the answer of
 * the look under way.
 */
export function createLedgerLook(openTransport: OpenTransport): () => Promise<LedgerState> {
  let underWay: Promise<LedgerState> | undefined;
  return function lookForLedger() {
    underWay ??= look(openTransport).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };
}

async function look(openTransport: OpenTransport): Promise<LedgerState> {
  const transport = await openTransport();
  if (transport === undefined) return { kind: 'absent' };
  if (transport === 'in-use') return { kind: 'busy' };
  try {
    return await readState(transport);
  } catch (cause) {
    return stateOfFailure(cause);
  } finally {
    await transport.close().catch(() => undefined);
  }
}

async function readState(transport: Transport): Promise<LedgerState> {
  const app = await readAppName(transport);
  if (app !== SOLANA_APP) return { kind: 'other-app' };
  const { default: SolanaApp } = await import('@ledgerhq/hw-app-solana');
  const solana = new SolanaApp(transport);
  const configuration = await solana.getAppConfiguration();
  const { address } = await solana.getAddress(FIRST_PATH);
  return {
    kind: 'ready',
    address: addressFromBytes(new Uint8Array(address)),
    path: FIRST_PATH,
    appVersion: configuration.version,
    blindSigning: configuration.blindSigningEnabled,
  };
}

/** Format, then length-prefixed name and version. Source: BOLOS `GET_APP_AND_VERSION`. */
async function readAppName(transport: Transport): Promise<string> {
  const answer = await transport.send(0xb0, 0x01, 0x00, 0x00);
  const length = answer[1] ?? 0;
  return answer.subarray(2, 2 + length).toString('latin1');
}

/** A device that was unplugged meanwhile is absent; one that does not know the command runs something else. */
function stateOfFailure(cause: unknown): LedgerState {
  const status = typeof cause === 'object' && cause !== null && 'statusCode' in cause ? cause.statusCode : undefined;
  if (typeof status !== 'number') return { kind: 'absent' };
  return { kind: LOCKED.includes(status) ? 'locked' : 'other-app' };
}
