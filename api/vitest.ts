/** Load tests as tests of vitest: fixtures that start the servers, and matchers that say why. docs/library.md has examples. */
import './matchers.ts';

export { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
export { loadTest } from './load-test.ts';
export type { Drive, DriveOptions, LiveTestFixtures, LoadTestFixtures, LoadTestOptions } from './load-test.ts';
