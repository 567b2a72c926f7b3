import { expect, test as base, type Page } from '@playwright/test';
import { chromium } from 'playwright';
import { channels } from '#ipc/channels.ts';
import { findBrowser } from '../harness/find-browser.cjs';
import { test as withApp } from '../harness/fixture.ts';
import { type OutsideServer, startOutsideServer } from '../harness/outside-server.ts';
import { enterPractice, goTo, openCreateRun, pressWhenReady, signUntilRunPage } from '../pages/main-path.ts';
import { probe, PROBES, ROUND_THE_TYPES } from '../pages/policy-probes.ts';

type Fixtures = { outside: OutsideServer };
const outside = async ({}, use: (server: OutsideServer) => Promise<void>) => {
  const server = await startOutsideServer();
  await use(server);
  await server.close();
};
const test = withApp.extend<Fixtures>({ outside });
const browserTest = base.extend<Fixtures>({ outside });

type ProbeName = (typeof PROBES | typeof ROUND_THE_TYPES)[number];
type Defence = { readonly threw?: string; readonly violated: readonly string[] };

const TYPES = 'require-trusted-types-for trusted-types-sink';

/** What stops each attempt: the directive the browser must name, and the error the attempt must meet. */
const DEFENCES: Readonly<Record<ProbeName, Defence>> = {
  eval: { threw: 'EvalError', violated: [TYPES] },
  Function: { threw: 'EvalError', violated: [TYPES] },
  'string timer': { threw: 'TypeError', violated: [TYPES] },
  // The page's own policy refuses markup by throwing, before the browser has anything to report.
  innerHTML: { threw: 'TypeError', violated: [] },
  'inline handler': { threw: 'TypeError', violated: [TYPES] },
  'inline script': { threw: 'TypeError', violated: [TYPES] },
  worker: { threw: 'TypeError', violated: [TYPES] },
  frame: { violated: ['frame-src outside'] },
  fetch: { threw: 'TypeError', violated: ['connect-src outside/fetch'] },
  socket: { violated: ['connect-src outside/socket'] },
  beacon: { violated: ['connect-src outside/beacon'] },
  image: { violated: ['img-src outside/image'] },
  'style tag': { violated: ['style-src-elem inline'] },
  form: { violated: ['form-action outside/form'] },
  'eval, trusted': { threw: 'EvalError', violated: ['script-src eval'] },
  WebAssembly: { threw: 'CompileError', violated: ['script-src wasm-eval'] },
  'Function, trusted': { threw: 'EvalError', violated: ['script-src eval'] },
  'string timer, trusted': { violated: ['script-src eval'] },
  'innerHTML, trusted': { violated: ['script-src-attr inline'] },
  'inline handler, trusted': { violated: ['script-src-attr inline'] },
  'inline script, trusted': { violated: ['script-src-elem inline'] },
  'imported text': { threw: 'TypeError', violated: ['script-src-elem data'] },
  'worker, trusted': { violated: ['worker-src data'] },
  // Chromium refuses a worklet's module by the policy without reporting it.
  worklet: { threw: 'AbortError', violated: [] },
  'style attribute': { violated: ['style-src-attr inline'] },
};

/** Attempts that are known to have succeeded by the request that arrives. */
const REQUESTS: ReadonlySet<string> = new Set(['frame', 'fetch', 'socket', 'beacon', 'image', 'form']);

test('the page can run no text, add no code and reach nobody', async ({ app: { page }, outside: server }) => {
  test.setTimeout(120_000);
  const address = page.url();
  for (const name of [...PROBES, ...ROUND_THE_TYPES]) {
    await test.step(name, async () => {
      const { isDone, threw, violated } = await probe(page, name, { outside: server, expected: 'refused' });
      const met = { isDone, threw, violated: [...new Set(violated)] };
      expect(met, name).toEqual({ isDone: false, threw: undefined, ...DEFENCES[name] });
    });
  }
  expect(server.seen).toEqual([]);
  expect(page.url()).toBe(address);
});

browserTest('the same attempts succeed in a page without a policy', async ({ outside: server }) => {
  const executablePath = findBrowser();
  browserTest.skip(executablePath === undefined, 'no Chromium is installed to try the attempts in');
  const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }) });
  try {
    const page = await browser.newPage();
    await page.goto(server.url);
    // The form leads away from the page, so it comes last.
    for (const name of [...ROUND_THE_TYPES, ...PROBES]) await succeed(page, name, server);
  } finally {
    await browser.close();
  }
});

async function succeed(page: Page, name: ProbeName, server: OutsideServer): Promise<void> {
  if (!REQUESTS.has(name)) {
    const { isDone } = await probe(page, name, { outside: server, expected: 'allowed' });
    return expect(isDone, name).toBe(true);
  }
  // The attempt at a form ends with its page.
  await probe(page, name, { outside: server, expected: 'refused' }).catch(() => undefined);
  await expect.poll(() => server.seen, name).toContain(`/${name}`);
}

/** Records what pages say against their policy from their first line on. */
async function watchPolicy(page: Page): Promise<() => Promise<string[]>> {
  const said: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || /policy|trusted ?type|refused/i.test(message.text())) said.push(message.text());
  });
  page.on('pageerror', (error) => said.push(`${error.name}: ${error.message}`));
  await page.addInitScript(() => {
    const violations: string[] = [];
    Object.assign(window, { violations });
    document.addEventListener('securitypolicyviolation', (event) =>
      violations.push(`${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`),
    );
  });
  await page.reload();
  await page.locator('#root > :not(style)').first().waitFor();
  return async () => [
    ...said,
    ...(await page.evaluate(() => (window as Window & { violations?: string[] }).violations ?? ['not watched'])),
  ];
}

test('no screen of the main path violates the policy', async ({ app: { page }, outside: server }) => {
  test.setTimeout(180_000);
  const reports = await watchPolicy(page);
  const clean = async (screen: string) => expect(await reports(), screen).toEqual([]);
  await clean('first start');
  await enterPractice(page);
  await clean('runs');
  await openCreateRun(page);
  for (const next of ['identity', 'rewards', 'configuration', 'review']) {
    await pressWhenReady(page, `Continue to ${next}`);
    await clean(next);
  }
  await pressWhenReady(page, 'Review and sign');
  await signUntilRunPage(page, 2);
  await clean('run');
  await page.getByRole('button', { name: 'Dump' }).click();
  await page.getByRole('button', { name: 'Save as JSON' }).waitFor();
  await clean('dump');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Update configuration' }).click();
  await page.getByRole('button', { name: 'Use the sample' }).click();
  await clean('update');
  for (const place of ['Who may join', 'Transactions', 'Inspector', 'Signers', 'Networks', 'Runs'] as const) {
    await goTo(page, place);
    await clean(place);
  }
  await page.getByLabel('Run id to open').fill('practice-run-1');
  await page.getByRole('button', { name: 'Open by id' }).click();
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Review and sign' }).waitFor();
  await clean('pause');
  await goTo(page, 'Transactions');
  await page
    .getByRole('row', { name: /practice-run-1/ })
    .first()
    .click();
  await page.getByText('Timeline').waitFor();
  await clean('transaction');
  await goTo(page, 'Inspector');
  await page.getByLabel('Address or run id').fill('practice-run-1');
  await page.keyboard.press('Enter');
  await page.getByText('Run “practice-run-1”').first().waitFor();
  await clean('account');
  await page.getByRole('navigation', { name: 'Main' }).getByRole('button', { name: 'Settings' }).click();
  for (const theme of ['Dark', 'Light']) {
    await page.getByText(theme, { exact: true }).click();
    await clean(theme);
  }
  await goTo(page, 'Runs');
  await page.keyboard.press('Control+K');
  await page.getByText('All runs of this network').waitFor();
  await clean('palette');

  await probe(page, 'image', { outside: server, expected: 'refused' });
  expect((await reports()).join('\n')).toMatch(/^img-src .*\/image/m);
});

test('the bridge offers the functions of the table, frozen, and nothing else', async ({ app: { page } }) => {
  const found = await page.evaluate(() =>
    Object.entries(window.api).map(([group, functions]) => ({
      group,
      names: Object.keys(functions),
      isFrozen:
        Object.isFrozen(functions) &&
        Object.values(functions).every((one) => typeof one === 'function' && Object.isFrozen(one)),
    })),
  );
  expect(found).toEqual(
    Object.entries(channels).map(([group, kinds]) => ({ group, names: Object.keys(kinds), isFrozen: true })),
  );
  expect(await page.evaluate(() => Object.isFrozen(window.api))).toBe(true);
});
