import { mkdir, readFile, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import axe from 'axe-core';
import { type Browser, chromium } from 'playwright';
import { findBrowser } from './harness/find-browser.cjs';
import { type Scenario, scenarioOf } from './harness/fake-main/scenario.ts';
import { bundleFakeMain } from './sheets/bundle-fake-main.ts';
import { ORIGIN, servePage } from './sheets/serve-page.ts';
import type { Sheet } from './sheets/sheet.ts';
import { SHEETS } from './sheets/sheets.ts';

/**
 * Makes a picture of every screen in every theme and state under the app's own headers, and runs axe on each.
 * `--only TEXT` makes those whose name contains it, `--page DIR` takes another build, `--out DIR` another folder.
 * Ends with 1 when axe finds something serious, the page breaks its policy, or a screen is not reached.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    page: { type: 'string', default: join(root, 'out/renderer') },
    out: { type: 'string', default: join(root, 'out/shots') },
    theme: { type: 'string', default: '' },
  },
});

const VIEWS = {
  normal: { width: 1280, height: 800 },
  wide: { width: 1920, height: 1080 },
  tall: { width: 1280, height: 2400 },
};
const THEMES = ['light', 'dark'] as const;

type Tools = {
  readonly browser: Browser;
  readonly fakeMain: string;

  readonly accounts: Scenario['accounts'];
};

/** Pages at work at the same time. */
const WORKERS = 2;
const REACH_MS = 10_000;
/** What fades or lays itself out anew has come to rest. */
const SETTLE_MS = 350;

const themes = THEMES.filter((theme) => options.theme === '' || theme === options.theme);
const sheets = SHEETS.filter(({ name }) => name.includes(options.only));

const queue = [...sheets];
const problems: string[] = [];
let pictures = 0;

void makeAll();

async function makeAll(): Promise<void> {
  await rm(resolve(options.out), { recursive: true, force: true });
  await mkdir(resolve(options.out), { recursive: true });
  const tools = await prepare();
  await Promise.all(Array.from({ length: WORKERS }, () => work(tools)));
  await tools.browser.close();
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  process.stdout.write(`${pictures} sheets in ${options.out}, ${problems.length} problems\n`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}

async function prepare(): Promise<Tools> {
  const executablePath = findBrowser();
  if (!executablePath) throw new Error('no Chromium was found; install chromium or google-chrome');
  const bytes = async (name: string) =>
    (await readFile(join(root, `test/fixtures/psyche/fixtures/${name}.bin`))).toString('base64');
  const [browser, fakeMain, training, full] = await Promise.all([
    // Chromium cannot make its own sandbox as root.
    chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] }),
    bundleFakeMain(root),
    bytes('mid-training'),
    bytes('full'),
  ]);
  return { browser, fakeMain, accounts: { training, full } };
}

async function work(tools: Tools): Promise<void> {
  for (let sheet = queue.shift(); sheet; sheet = queue.shift()) {
    const { name } = sheet;
    const found = await makeSheets(sheet, tools);
    problems.push(...found.map((problem) => `${name}: ${problem}`));
  }
}

/** Goes to the screen once, takes its picture in every theme and size, and says what is wrong with it. */
async function makeSheets(sheet: Sheet, { browser, fakeMain, accounts }: Tools): Promise<string[]> {
  const found: string[] = [];
  const context = await browser.newContext({ viewport: VIEWS.normal, reducedMotion: 'reduce', locale: 'en-GB' });
  try {
    await servePage(context, options.page);
    const world = scenarioOf({ theme: 'system', accounts, ...sheet.world });
    await context.addInitScript({ content: `globalThis.scenario = ${JSON.stringify(world)};\n${fakeMain}` });
    const page = await context.newPage();
    page.on('pageerror', (error) => found.push(`page error: ${error.message}`));
    page.on('console', (message) => message.type() === 'error' && found.push(`console: ${message.text()}`));
    await page.goto(`${ORIGIN}/`);
    await sheet.go(page);
    const words = page.getByText(sheet.until).or(page.getByLabel(sheet.until)).first();
    await words.waitFor({ state: 'attached', timeout: REACH_MS });
    for (const theme of themes) {
      await page.emulateMedia({ colorScheme: theme });
      for (const view of viewsOf(sheet)) {
        await page.setViewportSize(VIEWS[view]);
        await page.waitForTimeout(SETTLE_MS);
        const name = [sheet.name, theme, ...(view === 'normal' ? [] : [view])].join('.');
        await page.screenshot({ path: join(options.out, `${name}.png`) });
        pictures += 1;
        if (view === 'normal') found.push(...(await seriousFindings()).map((finding) => `${theme}: ${finding}`));
      }
    }
    return found;

    async function seriousFindings(): Promise<string[]> {
      await page.evaluate(axe.source);
      return page.evaluate(async () => {
        // The library put itself on the window a line above.
        const { axe: checker } = globalThis as unknown as {
          axe: {
            run(): Promise<{
              violations: { id: string; impact: string; nodes: { html: string; failureSummary: string }[] }[];
            }>;
          };
        };
        const { violations } = await checker.run();
        return violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .flatMap(({ id, nodes }) =>
            nodes
              .slice(0, 3)
              .map(
                ({ html, failureSummary }) =>
                  `axe ${id}: ${html.slice(0, 160)} | ${failureSummary.replaceAll('\n', ' ').slice(0, 240)}`,
              ),
          );
      });
    }
  } catch (error) {
    return [...found, error instanceof Error ? error.message : String(error)];
  } finally {
    await context.close();
  }
}

function viewsOf({ wide, tall }: Sheet): readonly (keyof typeof VIEWS)[] {
  return ['normal', ...(wide ? (['wide'] as const) : []), ...(tall ? (['tall'] as const) : [])];
}
