import { enableCompileCache } from 'node:module';

// Start-up is half compilation; the cache is Node's own, in the system's folder for temporary files.
enableCompileCache();

const { run } = await import('./run.ts');
process.exitCode = await run(process.argv.slice(2));
