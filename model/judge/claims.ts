import type { Observation } from '../observation/observation.ts';
import { isLatency, metricText } from './metric.ts';
import type { Metric } from './metric.ts';
import { classesOf, isNoData, isPaced, phasesOf, sumOf } from './window.ts';

/** What the executor's figures can be trusted for. Every engine's claims satisfy this; so do the simulator's. */
export interface ExecutorClaims {
  readonly loop: 'open' | 'closed';
  /** Holds a stated arrival rate. */
  readonly paces: boolean;
  /** Response times count from the intended arrival, free of coordinated omission. */
  readonly responseFromIntended: boolean;
  /** Latencies remain right when connections are reset or requests time out. */
  readonly survivesResets: boolean;
}

/** The simulator knows every arrival, so its figures carry any criterion. */
export const SIMULATOR_CLAIMS: ExecutorClaims = {
  loop: 'open',
  paces: true,
  responseFromIntended: true,
  survivesResets: true,
};

export interface Refusal {
  readonly because: string;
  readonly help: string;
}

/** Why this run, valid as it may be, cannot carry this one metric; undefined when it can. */
export function refusal(
  observation: Observation,
  metric: Metric,
  claims: ExecutorClaims,
  phase?: string,
): Refusal | undefined {
  const engine = `\`${observation.what.engine}\``;
  if (isLatency(metric) && metric.time === 'response' && !claims.responseFromIntended) {
    const service = metricText({ ...metric, time: 'service' });
    const because = `${engine} times requests from their send, not from the intended arrival, so \`${metricText(metric)}\` hides the wait before it`;
    return { because, help: `use an open-loop engine, or judge \`${service}\`` };
  }
  if (isLatency(metric) && !claims.survivesResets) {
    const broken = brokenRequests(observation, phase);
    const because = `${broken} ${broken === 1 ? 'request was' : 'requests were'} reset or timed out, and ${engine} does not get latencies right then`;
    if (broken > 0) return { because, help: 'use an open-loop engine' };
  }
  if (metric.kind === 'reached' && !claims.paces) {
    return { because: `${engine} holds no rate, so there is none to reach`, help: 'use an open-loop engine' };
  }
  // A closed loop takes what it can get, whatever the scale; so does a probe.
  if (metric.kind === 'rate' && claims.paces && observation.what.scale !== 1 && isPaced(observation, phase)) {
    const because = `the run drove ${Number((observation.what.scale * 100).toPrecision(3))} % of the scenario's rates, so it cannot show a rate`;
    return { because, help: 'run the scenario at scale 1' };
  }
  return undefined;
}

function brokenRequests(observation: Observation, phase?: string): number {
  const phases = phasesOf(observation, phase);
  if (isNoData(phases)) return 0;
  const classes = classesOf(observation, phases);
  if (isNoData(classes)) return 0;
  const sums = sumOf(classes);
  return sums.timeout + sums.reset;
}
