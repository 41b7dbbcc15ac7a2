import { run } from './run.ts';

process.exitCode = await run(process.argv.slice(2));
// Ends here, once everything is written: by itself Node would first finish optimising code that nobody will call again.
for (const stream of [process.stdout, process.stderr]) await new Promise((written) => stream.write('', written));
process.exit();
