import { expect, test } from 'vitest';
import { channels } from '#ipc/channels.ts';
import { contract } from '#ipc/contract.ts';
import type { WebContentsApi } from './electron-api.ts';
import { createPageEvents } from './page-events.ts';

function createPage(isDestroyed = false) {
  const sent: [string, unknown][] = [];
  const contents = {
    isDestroyed: () => isDestroyed,
    send: (channel: string, payload: unknown) => sent.push([channel, payload]),
  };
  return { sent, contents: contents as unknown as WebContentsApi };
}

test('there is one function for each event of the table', () => {
  const { contents } = createPage();
  const events = createPageEvents(contract, () => contents);
  const names = Object.entries(events).flatMap(([group, tell]) => Object.keys(tell).map((name) => `${group}.${name}`));
  const wanted = Object.entries(channels).flatMap(([group, kinds]) =>
    Object.entries(kinds).flatMap(([name, kind]) => (kind === 'event' ? [`${group}.${name}`] : [])),
  );
  expect(names.toSorted()).toEqual(wanted.toSorted());
});

test('what does not fit the schema throws here and never reaches the page', () => {
  const { contents, sent } = createPage();
  const events = createPageEvents(contract, () => contents);
  const tell = events.app.changed as (payload: unknown) => void;
  expect(() => tell({ surplus: 'field', of: 'nothing' })).toThrow();
  expect(sent).toEqual([]);
});

test('without a page, or with one that is gone, nothing is told and nothing fails', () => {
  const gone = createPage(true);
  createPageEvents(contract, () => undefined).app.changed({});
  createPageEvents(contract, () => gone.contents).app.changed({});
  expect(gone.sent).toEqual([]);
});
