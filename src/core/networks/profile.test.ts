import { expect, test } from 'vitest';
import { BUILT_IN_PROFILES } from './built-in-profiles.ts';
import { DEFAULT_FEE_POLICY } from './fee-policy.ts';
import { NetworkProfile } from './profile.ts';

const [practice] = BUILT_IN_PROFILES;

test('a profile from before there were fees is read, with the fees of a new one', () => {
  for (const profile of BUILT_IN_PROFILES) {
    const { fees, ...old } = profile;
    expect(NetworkProfile.parse(JSON.parse(JSON.stringify(old)))).toEqual({ ...old, fees: DEFAULT_FEE_POLICY });
    expect(fees).toEqual(DEFAULT_FEE_POLICY);
  }
});

test.each([
  { kind: 'off' },
  { kind: 'fixed', microLamports: 5_000 },
  { kind: 'auto', percentile: 90, capLamports: 1_000_000 },
])('a profile keeps its fees in a settings file: %o', (fees) => {
  const profile = { ...practice, fees };
  expect(NetworkProfile.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
});

test('a profile from before there were further URLs is read as it was, and one without any is written like that', () => {
  for (const profile of BUILT_IN_PROFILES) {
    expect(profile).not.toHaveProperty('moreRpcUrls');
    expect(NetworkProfile.parse(JSON.parse(JSON.stringify(profile)))).toEqual(profile);
  }
});

test('a profile keeps at most four further URLs in a settings file', () => {
  const urls = ['https://b', 'https://c', 'https://d', 'https://e'];
  expect(NetworkProfile.parse({ ...practice, moreRpcUrls: urls }).moreRpcUrls).toEqual(urls);
  expect(NetworkProfile.safeParse({ ...practice, moreRpcUrls: [...urls, 'https://f'] }).success).toBe(false);
});
