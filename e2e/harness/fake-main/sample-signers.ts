import type { Signer, SignerRoles } from '#core/signers/signer.ts';
import { DEMO, JOIN, OWNER, WATCHED } from './sample-addresses.ts';

const READY = { kind: 'keyfile', state: 'ready', openPermissionsAllowed: false, fix: '', demo: false } as const;

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
  { id: 'watched', label: 'Treasury officer', address: WATCHED, source: { kind: 'address-only' } },
];

export const SAMPLE_ROLES: SignerRoles = { payer: DEMO, authority: DEMO, joinAuthority: DEMO };

export const SAMPLE_BALANCES: Readonly<Record<string, bigint>> = {
  [DEMO]: 12_500_000_000n,
  [JOIN]: 0n,
  [OWNER]: 1_250_000n,
};
