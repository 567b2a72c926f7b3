// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { openScreen } from '#test/builders/open-screen.tsx';
import { addressOf } from '../../../e2e/harness/fake-main/sample-addresses.ts';
import { Frame } from './frame.tsx';

afterEach(cleanup);

const STOPS = 'button, input, select, textarea, summary, a[href], [tabindex]';

/** What Tab stops at, in its order: of a group of radios only the chosen one. */
function stops(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(STOPS)].filter((element) => {
    if (element.matches(':disabled, [tabindex="-1"], input[type=hidden]')) return false;
    if (element.matches('input[type=radio]:not(:checked)')) return false;
    const fold = element.closest('details:not([open])');
    return !fold || element.matches('summary');
  });
}

/** Presses Tab: on from where the focus is, also when that is a heading, which is no stop itself. */
function tab(): HTMLElement {
  const here = document.activeElement ?? document.body;
  const next = stops().find(
    (stop) =>
      here === document.body ||
      (here !== stop && (here.compareDocumentPosition(stop) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0),
  );
  if (!next) throw new Error(`nothing comes after ${here.textContent}`);
  next.focus();
  expect(document.activeElement).toBe(next);
  return next;
}

function tabTo(name: string, most: number): HTMLElement {
  for (let presses = 1; presses <= most; presses += 1) {
    const here = tab();
    if (here.getAttribute('aria-label') === name || here.textContent === name) return here;
  }
  throw new Error(`${name} was not reached with ${most} presses of Tab`);
}

const headingHasFocus = (name: string) =>
  waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name })));

test('someone is let in with the keyboard alone, from the rail to the signature', async () => {
  openScreen(<Frame notices={[]} />);
  await screen.findByRole('heading', { level: 1, name: 'Runs' });
  document.body.focus();
  (document.activeElement as HTMLElement | null)?.blur();
  fireEvent.click(tabTo('Who may join', 2));
  await headingHasFocus('Who may join');
  fireEvent.click(tabTo('Let someone join', 3));
  await headingHasFocus('Let someone join');
  const anyone = await screen.findByLabelText<HTMLInputElement>('Anyone');
  await waitFor(() => expect(anyone.checked).toBe(true));
  await waitFor(() => expect(document.activeElement?.tagName).toBe('H1'));
  expect(tab().getAttribute('value')).toBe('anyone');
  // What the arrow key does in a group of radios.
  const oneUser = screen.getByLabelText('One user');
  oneUser.focus();
  fireEvent.click(oneUser);
  const address = tab();
  expect(address).toBe(screen.getByLabelText('Address of the user'));
  fireEvent.change(address, { target: { value: addressOf('someone new') } });
  const review = tabTo('Review and sign', 4);
  await waitFor(() => expect(review.getAttribute('aria-disabled')).toBeNull());
  fireEvent.click(review);
  await screen.findByRole('button', { name: 'Sign and send' });
  await headingHasFocus('Let someone join');
  tabTo('Back without signing', 40);
  expect(tab().textContent).toBe('Sign and send');
});
