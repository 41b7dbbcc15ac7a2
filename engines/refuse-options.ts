import { EngineError, type LoadJob } from './engine.ts';

/** Throws an `EngineError` when a job asks for what only `open-loop` can do; `engine` is the name of the one that was asked. */
export function refuseOptions(job: LoadJob, engine: string): void {
  const asked = [
    ...(job.writes_log === undefined ? [] : ['keep a log of writes']),
    ...((job.generators ?? 1) > 1 ? ['share its load among several generators'] : []),
    ...(job.workload.journeys === undefined ? [] : ['take users through journeys']),
  ];
  if (asked.length === 0) return;
  throw new EngineError(`\`${engine}\` cannot ${asked.join(' or ')}; use \`engine: open-loop\``);
}
