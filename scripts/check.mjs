import { runChecks, tableOf } from './check-steps.mjs';
import { setUp } from './setup.mjs';

/** `npm run check`: format, lint, types, import rules, dead code, generated code and unit tests. */
await setUp();
const checks = await runChecks({ projects: ['unit'] });
console.log(tableOf(checks));
process.exit(checks.results.every(({ isPassed }) => isPassed) ? 0 : 1);
