import { needRuntime } from './browser.mjs';
import { runTypeScript } from './run-program.mjs';
import { setUp } from './setup.mjs';

/** `npm run shots`: one sheet for each screen, theme and state in `out/shots/`, each checked with axe. */
await setUp();
needRuntime();
process.exit(await runTypeScript('e2e/shots.ts', process.argv.slice(2)));
