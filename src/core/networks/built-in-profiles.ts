import { DEFAULT_PROGRAM_IDS } from '#core/layouts/programs.ts';
import { DEFAULT_FEE_POLICY } from './fee-policy.ts';
import type { NetworkProfile } from './profile.ts';

/** The profile of the network inside the app. */
export const PRACTICE_PROFILE_ID = 'practice';

/** The profiles every installation begins with. URLs of the public clusters: Solana documentation, “Clusters”. */
export const BUILT_IN_PROFILES: readonly NetworkProfile[] = [
  { ...cluster('practice', 'Practice', '', 'any'), kind: 'practice' },
  cluster('localnet', 'Localnet', 'http://127.0.0.1:8899', 'any'),
  cluster('devnet', 'Devnet', 'https://api.devnet.solana.com', 'devnet'),
  cluster('testnet', 'Testnet', 'https://api.testnet.solana.com', 'testnet'),
  cluster('mainnet', 'Mainnet', 'https://api.mainnet-beta.solana.com', 'mainnet'),
];

/** Built-in profiles, as the operator changed them, then the operator's own. */
export function allProfiles(stored: readonly NetworkProfile[]): NetworkProfile[] {
  const changed = new Map(stored.map((profile) => [profile.id, profile]));
  const builtIn = BUILT_IN_PROFILES.map((profile) => changed.get(profile.id) ?? profile);
  return [...builtIn, ...stored.filter(({ id }) => !isBuiltIn(id))];
}

export function isBuiltIn(id: string): boolean {
  return BUILT_IN_PROFILES.some((profile) => profile.id === id);
}

function cluster(id: string, name: string, rpcUrl: string, expected: NetworkProfile['expected']): NetworkProfile {
  return {
    id,
    name,
    kind: 'cluster',
    rpcUrl,
    webSocketUrl: '',
    commitment: 'confirmed',
    programs: DEFAULT_PROGRAM_IDS,
    allowUnencrypted: false,
    expected,
    fees: DEFAULT_FEE_POLICY,
  };
}
