import { defineConfig } from 'vitest/config';

/** One project for each level of the tests; `npm test` runs the first two, `.ci/run` all that can run. */
const level = (name: string, include: string[], testTimeout: number, globalSetup: string[] = []) => ({
  extends: true as const,
  test: { name, include, testTimeout, hookTimeout: testTimeout, globalSetup },
});

export default defineConfig({
  test: {
    projects: [
      level('unit', ['test/{unit,schema,golden,architecture,hook,editor}/**/*.test.ts'], 30_000),
      level('helm', ['test/helm/**/*.test.ts'], 300_000),
      level('config', ['test/config/**/*.test.ts'], 300_000),
      level('integration', ['test/integration/**/*.test.ts'], 300_000),
      level('e2e', ['test/e2e/**/*.test.ts'], 900_000, ['test/e2e/conditions-file.ts']),
    ],
  },
});
