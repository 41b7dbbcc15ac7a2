import { isSeq } from 'yaml';
import { Source } from '../document/source.ts';
import type { Node } from '../document/source.ts';
import { Values } from '../plan/compute.ts';
import type { Plan } from '../plan/plan.ts';
import { readCriteria } from '../plan/read-plan.ts';
import { choose } from '../plan/read-requests.ts';
import { readPlain } from '../plan/read-scalars.ts';
import { formatNumber } from '../units/format.ts';
import type { ArrivalProcess } from '../workload/workload.ts';
import { checkMeasures } from './check-measures.ts';
import { NO_INSTRUMENTS } from './instrument.ts';
import type { Instruments } from './instrument.ts';
import { readArrivals } from './read-arrivals.ts';
import type { ScenarioContext } from './read-context.ts';
import { readCount } from './read-count.ts';
import { readFaults } from './read-faults.ts';
import { readInstruments } from './read-instruments.ts';
import { readJourneys } from './read-journeys.ts';
import { readMix } from './read-mix.ts';
import { readPhases } from './read-phases.ts';
import { readSettings } from './read-settings.ts';
import { PROFILES, scenarioDuration_s } from './scenario.ts';
import type { Scenario, ScenarioPhase } from './scenario.ts';

const KEYS = [
  'scenario',
  'title',
  'plan',
  'steps',
  'engine',
  'arrivals',
  'phases',
  'faults',
  'mix',
  'journeys',
  'connections',
  'in_flight_cap',
  'generators',
  'settings',
  'live_scale',
  'profile',
  'data',
  'watch',
  'checks',
  'expect',
];
const DEFAULT_ENGINE = 'open-loop';
/** Bursts of one scenario at most: more are not bursts, but noise. */
const MAX_BURSTS = 1e6;

const MAX_GENERATORS = 64;

/** What a scenario names beside the plan. */
export interface ScenarioSurroundings {
  /** The text of a trace file, by its path from the scenario on; undefined when there is none. */
  readonly readTrace?: (file: string) => string | undefined;
  /** What may be put beside the load on live servers. */
  readonly instruments?: Instruments;
}

/**
 * Reads a scenario and holds it to a plan: unknown classes, tiers, steps and engines are errors with their place.
 * `engines` maps the known engines to whether they hold a rate.
 * @throws InvalidInput with every problem of the file, in file order.
 */
export function readScenario(
  path: string,
  text: string,
  plan: Plan,
  engines: ReadonlyMap<string, boolean>,
  { readTrace = () => undefined, instruments = NO_INSTRUMENTS }: ScenarioSurroundings = {},
): Scenario {
  const source = new Source(path, text, 'SCENARIO');
  source.throwIfInvalid();
  const fields = source.fields(source.root, 'a scenario', KEYS, ['scenario', 'phases']);
  const name = fields['scenario'] ? (source.text_of(fields['scenario'], '`scenario`') ?? '') : '';
  checkPlan(source, fields['plan'], plan);
  const engine = fields['engine'] && choose(source, fields['engine'], '`engine`', [...engines.keys()]);
  const connections = readCount(source, fields['connections'], '`connections`', 128);
  const context: ScenarioContext = {
    source,
    plan,
    values: new Values(plan.quantities),
    dimensions: new Map([...plan.quantities].map(([id, quantity]) => [id, quantity.dimension])),
    ...loopOf(engine ?? DEFAULT_ENGINE, engines),
    connections,
    readTrace,
    probes: instruments.probes,
  };
  const phases = readPhases(context, fields['phases']);
  // When a phase could not be read, a criterion or fault that names it is not wrong as well.
  const complete = phases.length === itemsIn(fields['phases']);
  const steps = readSteps(context, fields['steps']);
  const journeys = readJourneys(context, fields['journeys']);
  const scenario: Scenario = {
    name,
    title: fields['title'] ? (source.text_of(fields['title'], '`title`') ?? name) : name,
    steps,
    engine: context.engine,
    process: readProcess(source, fields['arrivals'], phases),
    phases,
    faults: readFaults(context, fields['faults'], { steps, phases: complete ? phases : undefined }),
    journeys,
    mix: readMix(context, fields['mix'], journeys),
    connections,
    inFlightCap: readCount(source, fields['in_flight_cap'], '`in_flight_cap`', 2000),
    generators: readGenerators(source, fields['generators'], connections),
    settings: readSettings(source, fields['settings'], plan, steps),
    liveScale: readLiveScale(source, fields['live_scale']),
    profile: (fields['profile'] && choose(source, fields['profile'], '`profile`', PROFILES)) ?? 'full',
    freshData: fields['data'] !== undefined && choose(source, fields['data'], '`data`', ['fresh']) === 'fresh',
    watches: readInstruments(source, fields['watch'], 'watch', instruments.watches),
    checks: readInstruments(source, fields['checks'], 'check', instruments.checks),
    expect: readCriteria(
      source,
      fields['expect'],
      '`expect`',
      plan.requests,
      complete ? phases.map((phase) => phase.name) : undefined,
    ),
  };
  const known =
    scenario.watches.length === itemsIn(fields['watch']) && scenario.checks.length === itemsIn(fields['checks']);
  if (complete && known) checkMeasures(source, fields['expect'], scenario, { plan, instruments });
  source.throwIfInvalid();
  return scenario;
}

function itemsIn(node: Node): number {
  return isSeq(node) ? node.items.length : 0;
}

/** Each generator needs a connection. */
function readGenerators(source: Source, node: Node, connections: number): number {
  const count = readCount(source, node, '`generators`', 1);
  const most = Math.min(connections, MAX_GENERATORS);
  if (count <= most) return count;
  source.report('RANGE', node, `\`generators\` should be at most ${most}`, {
    help: most === MAX_GENERATORS ? 'more than cores does not help' : 'each needs one of the `connections`',
  });
  return most;
}

function readLiveScale(source: Source, node: Node): number {
  const share = readPlain(source, node, '`live_scale`');
  if (share === undefined || (share > 0 && share <= 1)) return share ?? 1;
  source.report('RANGE', node, '`live_scale` should lie above 0 and be at most 100 %');
  return 1;
}

function loopOf(
  engine: string,
  engines: ReadonlyMap<string, boolean>,
): Pick<ScenarioContext, 'engine' | 'closed' | 'otherEngines'> {
  const closed = engines.get(engine) === false;
  return { engine, closed, otherEngines: [...engines.keys()].filter((other) => engines.get(other) === closed) };
}

function readProcess(source: Source, node: Node, phases: readonly ScenarioPhase[]): ArrivalProcess {
  const arrivals = readArrivals(source, node) ?? { kind: 'poisson' };
  if (arrivals.kind === 'bursty' && scenarioDuration_s({ phases }) > MAX_BURSTS * (arrivals.on_s + arrivals.off_s)) {
    source.report('RANGE', node, `these are more than ${formatNumber(MAX_BURSTS)} bursts`, {
      help: 'write longer times for `on` and `off`',
    });
  }
  return arrivals;
}

function checkPlan(source: Source, node: Node, plan: Plan): void {
  const name = node === undefined ? undefined : source.text_of(node, '`plan`');
  if (name === undefined || name === plan.name) return;
  source.report('UNKNOWN_NAME', node, `this scenario is for \`${name}\`, not for \`${plan.name}\``, {
    help: `use \`--plan ${name}\``,
  });
}

function readSteps({ source, plan }: ScenarioContext, node: Node): number[] {
  const known = plan.steps.map((step) => step.step);
  if (node === undefined) return known;
  const items = source.items(node, '`steps`');
  if (isSeq(node) && items.length === 0)
    source.report('RANGE', node, 'the scenario is for no step', {
      help: `leave \`steps\` out, or name some of ${known.join(', ')}`,
    });
  return items.flatMap((item) => {
    const text = source.text_of(item, 'a step');
    if (text === undefined || known.includes(Number(text))) return text === undefined ? [] : [Number(text)];
    source.report('UNKNOWN_NAME', item, `the plan has no step ${text}`, { help: `steps: ${known.join(', ')}` });
    return [];
  });
}
