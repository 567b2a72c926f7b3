import type { Signer, SignerRoles } from '#core/signers/signer.ts';
import { addressOf, DEMO, JOIN, OWNER, COLD, WATCHED } from './sample-addresses.ts';

const READY = {
  kind: 'keyfile',
  state: 'ready',
  openPermissionsAllowed: false,
  fix: '',
  demo: false,
  encrypted: false,
} as const;

/** Signers in every state a file can be in. */
export const SAMPLE_SIGNERS: readonly Signer[] = [
  { id: 'demo', label: 'Demo key', address: DEMO, source: { ...READY, fileName: 'demo-key.json', demo: true } },
  { id: 'join', label: 'Join authority', address: JOIN, source: { ...READY, fileName: 'join_authority.json' } },
  {
    id: 'owner',
    label: 'Owner',
    address: OWNER,
    source: { ...READY, fileName: 'id.json', state: 'readable-by-others', fix: 'chmod 600 ~/.config/solana/id.json' },
  },
  {
    id: 'cold',
    label: 'Cold key',
    address: COLD,
    source: { ...READY, fileName: 'cold-key.age', encrypted: true },
  },
  { id: 'watched', label: 'Treasury officer', address: WATCHED, source: { kind: 'address-only' } },
];

/** What the operator calls each address. */
export const SAMPLE_LABELS: Readonly<Record<string, string>> = Object.fromEntries(
  SAMPLE_SIGNERS.map(({ address, label }) => [address, label]),
);

export const SAMPLE_ROLES: SignerRoles = { payer: DEMO, authority: DEMO, joinAuthority: DEMO };

export const SAMPLE_BALANCES: Readonly<Record<string, bigint>> = {
  [DEMO]: 12_500_000_000n,
  [JOIN]: 0n,
  [OWNER]: 1_250_000n,
};

/** What opens the encrypted keyfile. */
export const SAMPLE_PASSPHRASE = 'four words of a song';

/** The twelve words of a key nobody uses. Source: BIP39 test vectors. */
export const SAMPLE_WORDS = 'legal winner thank year wave sausage worth useful legal winner thank yellow';

/** A key that was just made. */
export function sampleNewSigner(): Signer {
  return {
    id: 'new',
    label: 'new-key',
    address: addressOf('new key'),
    source: { ...READY, fileName: 'new-key.age', encrypted: true },
  };
}
