import { readFileSync } from 'node:fs';
import inspector from 'node:inspector';
import Module, { createRequire } from 'node:module';
import { basename, join, resolve } from 'node:path';
import { findBrowser } from '../find-browser.cjs';
import { startChromium } from './chromium.ts';
import { createStandIn } from './stand-in.ts';

type CommandLine = {
  readonly appFolder: string;
  readonly preloaded: string[];
  readonly switches: ReadonlyMap<string, string>;
};

/** Runs an app the way the Electron binary would: `electron [-r file] [switches] <folder> [arguments]`. */
export function start(): void {
  const { appFolder, preloaded, switches } = readCommandLine(process.argv.slice(2));
  const browser = findBrowser();
  if (!browser) {
    process.stderr.write('The stand-in needs Chromium, Google Chrome or Microsoft Edge, and none is installed.\n');
    process.exit(1);
  }
  const inspectorPort = switches.get('inspect');
  if (inspectorPort !== undefined) inspector.open(Number(inspectorPort || 9229), '127.0.0.1');

  const manifest = readManifest(appFolder);
  const chromium = startChromium({
    path: browser,
    isHeadless: process.env['STANDIN_HEADLESS'] === '1' || (process.platform === 'linux' && !process.env['DISPLAY']),
    debuggingPort: switches.get('remote-debugging-port'),
  });
  const standIn = createStandIn({ chromium, name: manifest.name, version: manifest.version, switches });
  answerRequireWith(standIn.electron);

  // The app finds its arguments where Electron puts them: after the program, without Node's own launcher in between.
  process.argv.splice(1, 1);
  const requireFromApp = createRequire(join(appFolder, 'package.json'));
  for (const file of preloaded) requireFromApp(resolve(file));
  requireFromApp(join(appFolder, manifest.main));
  void standIn.becomeReady();
}

function readCommandLine(argv: readonly string[]): CommandLine {
  const preloaded: string[] = [];
  const switches = new Map<string, string>();
  const others: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    const [, name, value] = /^--([^=]+)(?:=(.*))?$/s.exec(argument) ?? [];
    if (argument === '-r') preloaded.push(argv[(index += 1)] ?? '');
    else if (name !== undefined) switches.set(name, value ?? '');
    else others.push(argument);
  }
  return { appFolder: resolve(others[0] ?? '.'), preloaded, switches };
}

function readManifest(appFolder: string): { name: string; version: string; main: string } {
  const manifest: unknown = JSON.parse(readFileSync(join(appFolder, 'package.json'), 'utf8'));
  const read = (key: string) => {
    const value = typeof manifest === 'object' && manifest !== null ? Object.entries(manifest) : [];
    return String(value.find(([name]) => name === key)?.[1] ?? '');
  };
  return { name: read('name') || basename(appFolder), version: read('version'), main: read('main') || 'index.js' };
}

type Loader = { _load(request: string, ...rest: unknown[]): unknown };

/** `require('electron')` anywhere in this process, a debugger's console included, gives the stand-in. */
function answerRequireWith(electron: object): void {
  // `_load` is what every require goes through; Node 20 has no public hook for CommonJS.
  const loader = Module as unknown as Loader;
  const load = loader._load.bind(loader);
  loader._load = (request, ...rest) => (request === 'electron' ? electron : load(request, ...rest));
}
