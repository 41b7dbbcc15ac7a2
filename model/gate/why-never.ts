import { nearest } from '../document/nearest.ts';
import type { Criterion, Metric } from '../judge/criterion.ts';
import { metricClasses } from '../judge/criterion.ts';
import { watchFor } from '../judge/measure-recovery.ts';
import type { Plan } from '../plan/plan.ts';
import { isInstrumentClass } from '../scenario/instrument.ts';
import type { Instruments } from '../scenario/instrument.ts';
import type { Scenario } from '../scenario/scenario.ts';
import { settingOf } from '../setting/setting-of.ts';
import { liveTopology } from '../topology/live-topology.ts';
import { unmadeMeasures } from '../scenario/unmade-measures.ts';

/** A scenario that is to be run on a step of a plan, and what it may name beside the plan. */
export interface ToRun {
  readonly plan: Plan;
  readonly scenario: Scenario;
  readonly step: number;
  readonly instruments: Instruments;
}

/** Why a criterion can never be measured, and what to do. */
export interface Never {
  /** The name is not there, or what is asked for never comes about. */
  readonly problem: 'UNKNOWN_NAME' | 'UNREACHABLE';
  /** Lower case, names in backticks, no full stop. */
  readonly message: string;
  readonly help: string;
  /** What of the criterion's text it is about. */
  readonly name: string;
}

/** Why no run of the scenario on the step could ever measure the criterion; undefined when one could. */
export function whyNever(criterion: Criterion, run: ToRun): Never | undefined {
  const { metric, phase } = criterion;
  return (
    unknownPhase(phase, run) ??
    unknownClass(metric, run) ??
    unknownTier(metric, run) ??
    unmade(metric, run) ??
    unlooked(metric, run)
  );
}

function unknownPhase(phase: string | undefined, { scenario }: ToRun): Never | undefined {
  const names = scenario.phases.map(({ name }) => name);
  if (phase === undefined || names.includes(phase)) return undefined;
  return unknown(phase, names, `scenario \`${scenario.name}\` has no phase \`${phase}\``, 'phases');
}

function unknownClass(metric: Metric, { plan, scenario }: ToRun): Never | undefined {
  const names = plan.requests.map(({ name }) => name);
  for (const name of metricClasses(metric)) {
    if (isInstrumentClass(name)) continue;
    if (!names.includes(name)) return unknown(name, names, `no request class is called \`${name}\``, 'request classes');
    if ((scenario.mix.get(name) ?? 0) > 0) continue;
    return {
      problem: 'UNREACHABLE',
      name,
      message: `scenario \`${scenario.name}\` sends no \`${name}\``,
      help: 'give it a share in `mix`, or name the scenario that sends it',
    };
  }
  return undefined;
}

function unknownTier(metric: Metric, { plan, step: number }: ToRun): Never | undefined {
  if (!('tier' in metric)) return undefined;
  const tiers = plan.steps.find(({ step }) => step === number)?.tiers.map(({ id }) => id) ?? [];
  if (tiers.includes(metric.tier)) return undefined;
  return unknown(metric.tier, tiers, `step ${number} has no tier \`${metric.tier}\``, 'tiers');
}

function unmade(metric: Metric, { plan, scenario, instruments }: ToRun): Never | undefined {
  const [first] = unmadeMeasures(metric, scenario, { plan, instruments });
  return first && { problem: 'UNKNOWN_NAME', ...first };
}

/** What is to be brought about or looked at for it. */
function unlooked(metric: Metric, run: ToRun): Never | undefined {
  const { name, faults, watches, checks, phases } = run.scenario;
  const says = `scenario \`${name}\``;
  switch (metric.kind) {
    case 'recovery': {
      if (metric.of === undefined) {
        if (faults.length > 0) return undefined;
        return {
          problem: 'UNREACHABLE',
          name: 'recovery',
          message: `${says} has no fault to recover from`,
          help: 'name a scenario with `faults`',
        };
      }
      const watch = watchFor(metric.of);
      if (watches.includes(watch)) return undefined;
      return {
        problem: 'UNREACHABLE',
        name: metric.of,
        message: `${says} does not watch for outages of ${metric.of}`,
        help: `add \`watch: [${watch}]\` to it`,
      };
    }
    case 'lost':
      if (checks.includes(metric.of)) return undefined;
      return {
        problem: 'UNREACHABLE',
        name: metric.of,
        message: `${says} does not look for lost ${metric.of}`,
        help: `add \`checks: [${metric.of}]\` to it`,
      };
    case 'cost':
      return unpriced(run);
    case 'utilisation':
      return unlimited(metric.tier, run);
    case 'rate':
    case 'reached':
      if (metric.kind === 'rate' || phases.some(({ closed, probe }) => closed === null && probe === undefined))
        return undefined;
      return {
        problem: 'UNREACHABLE',
        name: 'reached',
        message: `${says} holds no rate, so there is none to reach`,
        help: 'judge `rate`',
      };
    default:
      return undefined;
  }
}

/** Live, a share of cores is known only where a program has one thread. */
function unlimited(tier: string, { plan, scenario, step: number }: ToRun): Never | undefined {
  const step = plan.steps.find((each) => each.step === number);
  if (!step) return undefined;
  const topology = liveTopology(plan, step, scenario);
  const { tiers } = settingOf({ plan, step: number, topology, scenario, scale: 1 });
  if (tiers.find(({ id }) => id === tier)?.cores_each !== undefined) return undefined;
  return {
    problem: 'UNREACHABLE',
    name: tier,
    message: `nothing but the machine limits the cores of \`${tier}\`, so there is no share of them`,
    help: `judge \`cpu(${tier})\`, in cores`,
  };
}

function unpriced({ plan, step: number }: ToRun): Never | undefined {
  const tiers = plan.steps.find(({ step }) => step === number)?.tiers ?? [];
  const isPriced = tiers.some(({ price }) => price) || plan.costs.length > 0;
  if (isPriced) return undefined;
  return {
    problem: 'UNREACHABLE',
    name: 'cost',
    message: `nothing of step ${number} has a price in plan \`${plan.name}\``,
    help: 'give its tiers a `price`',
  };
}

function unknown(name: string, known: readonly string[], message: string, what: string): Never {
  const near = nearest(name, known);
  return {
    problem: 'UNKNOWN_NAME',
    name,
    message,
    help: near ? `did you mean \`${near}\`?` : `${what}: ${known.join(', ') || 'none'}`,
  };
}
