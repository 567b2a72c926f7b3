// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, describe, expect, test } from 'vitest';
import { SYSTEM_PROGRAM } from '#core/solana/program-ids.ts';
import { openScreen } from '#test/builders/open-screen.tsx';
import { addressOf, DEMO, OWNER } from '../../../../../e2e/harness/fake-main/sample-addresses.ts';
import { delegatesAfter } from './delegates-draft.ts';
import { parseUsers } from '#core/authorizations/parse-users.ts';
import { SetDelegatesScreen } from './set-delegates-screen.tsx';

afterEach(cleanup);

const reviewButton = () => screen.getByRole('button', { name: 'Review and sign' });
const [FIRST, SECOND, THIRD] = [addressOf('delegate 1'), addressOf('delegate 2'), addressOf('delegate 3')];

describe('the delegates form', () => {
  test('everyone’s authorization cannot get delegates: nothing is asked and nothing can be signed', async () => {
    const { asked } = openScreen(<SetDelegatesScreen grantor={DEMO} grantee={SYSTEM_PROGRAM} />);
    expect(await screen.findByText('Everyone’s authorization cannot have delegates')).toBeDefined();
    expect(screen.queryByRole('button', { name: 'Review and sign' })).toBeNull();
    expect(asked).toEqual([]);
  });

  test('signs the whole list as it will be: what is kept first, then what is new', async () => {
    const { begun } = openScreen(<SetDelegatesScreen grantor={DEMO} grantee={OWNER} />);
    fireEvent.click(await screen.findByRole('button', { name: `Remove ${FIRST}` }));
    fireEvent.change(await screen.findByLabelText('Delegates to add', { selector: 'textarea' }), {
      target: { value: `${THIRD}\n${SECOND}` },
    });
    expect(await screen.findByText('It is a delegate already and stays one')).toBeDefined();
    await waitFor(() => expect(reviewButton().getAttribute('aria-disabled')).toBeNull());
    fireEvent.click(reviewButton());
    await waitFor(() =>
      expect(begun).toEqual([{ kind: 'set-delegates', grantor: DEMO, grantee: OWNER, delegates: [SECOND, THIRD] }]),
    );
  });

  test('starts from a pasted command that clears the list', async () => {
    const { asked } = openScreen(
      <SetDelegatesScreen
        grantor=""
        grantee={OWNER}
        filled={{ kind: 'set-delegates', grantor: DEMO, added: [THIRD], clears: true }}
      />,
    );
    await waitFor(() =>
      expect(asked).toContainEqual({ kind: 'set-delegates', grantor: DEMO, grantee: OWNER, delegates: [THIRD] }),
    );
  });
});

test('a key that is taken off and typed again is on the list once', () => {
  const outcome = delegatesAfter([FIRST, SECOND, FIRST], new Set([FIRST]), parseUsers(`${FIRST}\n${THIRD}`));
  expect(outcome).toMatchObject({ after: [SECOND, FIRST, THIRD], added: [THIRD], removed: [] });
});
