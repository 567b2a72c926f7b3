import { expect } from '@playwright/test';
import { channels } from '#ipc/channels.ts';
import { test } from '../harness/fixture.ts';

/** What a page that was taken over would try. Each says what it got away with, or nothing. */
type Probes = Record<string, () => unknown>;
type ProbedWindow = Window & { got?: string[]; outcome?: Promise<void> };

test('the page can run no text, add no code and reach nobody', async ({ app: { page } }) => {
  const probed = await page.evaluate(async () => {
    const global = window as ProbedWindow;
    global.got = [];
    const got = (name: string) => void global.got?.push(name);
    const add = <K extends keyof HTMLElementTagNameMap>(tag: K, set: (element: HTMLElementTagNameMap[K]) => void) => {
      const element = document.createElement(tag);
      set(element);
      document.body.append(element);
    };
    const here = new URL('/index.html', location.href).href;
    const probes: Probes = {
      eval: () => got((0, eval)("'eval'")),
      Function: () => got(new Function("return 'Function'")()),
      'string timer': () => setTimeout("window.got.push('string timer')" as unknown as () => void),
      innerHTML: () => {
        document.createElement('div').innerHTML = '<b>x</b>';
        got('innerHTML');
      },
      'inline handler': () =>
        add(
          'button',
          (button) => (button.setAttribute('onclick', "window.got.push('inline handler')"), button.click()),
        ),
      'inline script': () => add('script', (script) => (script.text = "window.got.push('inline script')")),
      worker: () => new Worker(here).addEventListener('error', () => undefined),
      frame: () => add('iframe', (frame) => frame.setAttribute('src', here)),
      fetch: () => fetch(here).then(() => got('fetch')),
      socket: () => new WebSocket('ws://127.0.0.1:9/').addEventListener('open', () => got('socket')),
      beacon: () => navigator.sendBeacon(here, 'x') && undefined,
      image: () =>
        add('img', (image) => ((image.onload = () => got('image')), (image.src = 'https://example.com/x.png'))),
      form: () => add('form', (form) => ((form.action = here), (form.method = 'post'), form.submit())),
      'style tag': () => add('style', (style) => (style.textContent = 'body { --taken: yes }')),
    };
    const violated: string[] = [];
    document.addEventListener(
      'securitypolicyviolation',
      ({ effectiveDirective }) => void violated.push(effectiveDirective),
    );
    // Text run by a debugger is exempt from the ban on eval, so the probes run later, as the page's own.
    await new Promise<void>((done) => {
      setTimeout(() => {
        for (const probe of Object.values(probes)) {
          try {
            void Promise.resolve(probe()).catch(() => undefined);
          } catch {
            continue;
          }
        }
        setTimeout(done, 500);
      });
    });
    const taken = getComputedStyle(document.body).getPropertyValue('--taken');
    return {
      got: global.got,
      violated: [...new Set(violated)].toSorted(),
      taken,
      frames: window.length,
      count: Object.keys(probes).length,
    };
  });
  expect(probed.count).toBe(14);
  expect(probed.got).toEqual([]);
  expect(probed.taken).toBe('');
  for (const directive of ['connect-src', 'frame-src', 'img-src', 'require-trusted-types-for', 'style-src-elem']) {
    expect(probed.violated.join(' ')).toContain(directive);
  }
});

test('drawing the first screen violates nothing', async ({ app: { page } }) => {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.reload();
  await page.locator('#root > :not(style)').first().waitFor();
  expect(said.filter((text) => /Content Security Policy|Trusted ?Type|Permissions-Policy|refused/i.test(text))).toEqual(
    [],
  );
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
