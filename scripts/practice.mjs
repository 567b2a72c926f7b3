import { runTypeScript } from './run-program.mjs';
import { setUp } from './setup.mjs';

/** `npm run practice [-- --port N]`: the practice network alone, until Ctrl-C. */
await setUp({ build: false });
process.exit(await runTypeScript('src/practice-network/main.ts', process.argv.slice(2)));
