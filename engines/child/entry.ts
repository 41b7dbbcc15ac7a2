/**
 * URL of a process entry point beside the caller: `generator.ts` when run from source, `generator.js` in the
 * published package.
 */
export function entryBeside(moduleUrl: string, name: string): URL {
  return new URL(`./${name}${moduleUrl.endsWith('.ts') ? '.ts' : '.js'}`, moduleUrl);
}
