import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { needRuntime } from './browser.mjs';
import { runTypeScript } from './run-program.mjs';
import { root, setUp } from './setup.mjs';

/** `npm run bench [-- NAME…]`: runs every measurement in `scripts/bench/`, or those named, one after the other. */
const wanted = process.argv.slice(2);
const programs = readdirSync(join(root, 'scripts/bench'))
  .filter((name) => name.endsWith('.bench.ts'))
  .filter((name) => wanted.length === 0 || wanted.includes(name.replace('.bench.ts', '')));

await setUp();
needRuntime();
let worst = 0;
for (const name of programs.toSorted()) worst = Math.max(worst, await runTypeScript(`scripts/bench/${name}`));
process.exit(worst);
