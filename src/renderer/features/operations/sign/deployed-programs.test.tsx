// @vitest-environment happy-dom
import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { openScreen } from '#test/builders/open-screen.tsx';
import { DEMO } from '../../../../../e2e/harness/fake-main/sample-addresses.ts';
import { SignPlan } from './sign-plan.tsx';

afterEach(cleanup);

const signing = (
  <SignPlan
    request={{
      operation: { kind: 'set-paused', runId: 'atlas-1b-run-07', paused: true },
      signers: { payer: DEMO, authority: DEMO, joinAuthority: DEMO },
    }}
    onDone={() => undefined}
    onLeave={() => undefined}
  />
);

test('a review says which programs changed or are missing, and asks for a typed word', async () => {
  openScreen(signing, { network: 'mainnet', door: 'network', programs: 'changed' });
  await screen.findByText(/^The coordinator program was replaced in slot 371902115/);
  expect(screen.getByText(/^There is no treasurer program/)).toBeDefined();
  expect(screen.getByLabelText('Type “sign anyway” to sign this')).toBeDefined();
});

test('a review on builds seen for the first time says so and asks for nothing', async () => {
  openScreen(signing, { network: 'mainnet', door: 'network', programs: 'first-seen' });
  expect(await screen.findAllByText(/was seen here for the first time/)).toHaveLength(3);
  expect(screen.queryByLabelText(/to sign this/)).toBeNull();
});
