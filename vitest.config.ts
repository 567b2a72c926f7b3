import { defineConfig } from 'vitest/config';
import { SIGNING_CORE } from './test/signing-core.ts';

/**
 * Tests of more than one thing: whole services on the practice network, whole screens, processes, the compiler. `npm test` runs
 * them, `npm run check` does not.
 */
const INTEGRATION = [
  'src/main/services/**/*.test.ts',
  'src/renderer/**/*.test.tsx',
  'test/**/*.test.ts',
  'e2e/harness/**/*.test.ts',
  'scripts/**/*.test.ts',
];

/** Unit and integration tests. Journeys run in Playwright; see playwright.config.ts. */
export default defineConfig({
  test: {
    projects: [
      { extends: true, test: { name: 'unit', include: ['src/**/*.test.ts'], exclude: INTEGRATION } },
      { extends: true, test: { name: 'integration', include: INTEGRATION } },
    ],
    setupFiles: ['test/configure-properties.ts', 'test/configure-waiting.ts'],
    environment: 'node',
    // The large counts of `npm test` and `npm run soak` take longer than a test may by itself.
    testTimeout: Number(process.env['PROPERTY_RUNS'] ?? 0) > 200 ? 300_000 : 20_000,
    // `npm run coverage` turns it on.
    coverage: {
      provider: 'v8',
      include: SIGNING_CORE,
      exclude: ['**/*.test.ts'],
      reporter: ['json'],
      reportsDirectory: 'out/coverage',
    },
    pool: 'forks',
    // Files share a process and its modules: most of the time would go into loading them again.
    isolate: false,
    // By itself it leaves one core idle for watching; here nothing watches.
    maxWorkers: '100%',
  },
});
