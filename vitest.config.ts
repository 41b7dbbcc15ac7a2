import { defineConfig } from 'vitest/config';

export default defineConfig({
  // `shop-plan` and `shop-plan/vitest` are the sources here, as the compiler has it.
  resolve: { tsconfigPaths: true },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['node_modules/**', 'dist/**', '.shop-plan/**'],
    reporters: ['default', './tests/closing-line.ts'],
    // Integration tests start real servers; two cores carry one such file at a time.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
