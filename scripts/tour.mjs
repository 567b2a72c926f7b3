import { needRuntime } from './browser.mjs';
import { runTypeScript } from './run-program.mjs';
import { setUp } from './setup.mjs';

/** `npm run tour`: plays the main path in the built app and leaves pictures and the run's JSON in `out/tour/`. */
await setUp();
needRuntime();
process.exit(await runTypeScript('e2e/tour.ts', process.argv.slice(2)));
