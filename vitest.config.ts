import { defineConfig } from 'vitest/config';

/** Unit and contract tests. Journeys run in Playwright; see playwright.config.ts. */
export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'test/**/*.test.ts', 'e2e/harness/**/*.test.ts', 'scripts/**/*.test.ts'],
    setupFiles: ['test/configure-properties.ts'],
    environment: 'node',
    // The large counts of `npm test` and `npm run soak` take longer than a test may by itself.
    testTimeout: Number(process.env['PROPERTY_RUNS'] ?? 0) > 200 ? 300_000 : 20_000,
    pool: 'forks',
    // Files share a process and its modules: most of the time would go into loading them again.
    isolate: false,
  },
});
