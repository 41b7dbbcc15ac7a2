import { describe, expect, it } from 'vitest';
import { runExperiment } from '../../api/experiment.ts';
import { loadScenario, shippedScenarios, assertLive } from '../../api/files.ts';
import { loadLesson, shippedCourses } from '../../api/lessons.ts';
import { INSTRUMENTS } from '../../harness/known-instruments.ts';
import { isCriterionProblem, parseMetric } from '../../model/judge/criterion.ts';
import type { Metric } from '../../model/judge/criterion.ts';
import type { Experiment, Side } from '../../model/lesson/lesson.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { unmadeMeasures } from '../../model/scenario/unmade-measures.ts';

const heads = shippedCourses().flatMap(({ lessons }) => lessons);
/** What is wrong with one that cannot be read is said by `lessons.test.ts`. */
const read = await Promise.all(heads.map(({ id }) => loadLesson(id).catch(() => undefined)));
const tried = read.flatMap((each) => {
  if (!each?.lesson.experiment) return [];
  return [{ id: each.lesson.id, experiment: each.lesson.experiment, plan: each.plan }];
});

/** What a side on servers would need and does not have; refuses what servers cannot do. */
async function lacking(side: Side, metrics: readonly Metric[], plan: Plan): Promise<string[]> {
  const scenario = await loadScenario(side.scenario, plan);
  await assertLive(scenario, plan, side.scenario);
  const unmade = metrics.flatMap((metric) => unmadeMeasures(metric, scenario, { plan, instruments: INSTRUMENTS }));
  const steps = scenario.steps.includes(side.step) ? [] : [`${side.scenario} is not for step ${side.step}`];
  return [...steps, ...unmade.map(({ message }) => message)];
}

function metricsOf({ servers: { goals, shows } }: Experiment): Metric[] {
  const shown = shows.map(({ metric }) => parseMetric(metric));
  return [...goals.map(({ metric }) => metric), ...shown.flatMap((each) => (isCriterionProblem(each) ? [] : [each]))];
}

describe('the experiments of the lessons', () => {
  it('are there for both systems that can be started whole', () => {
    expect(new Set(tried.map(({ plan }) => plan.name))).toEqual(new Set(['amazon-shop', 'url-shortener']));
  });

  it.each(tried)('$id breaks and mends its system on the simulator', { timeout: 120_000 }, async (each) => {
    const { outcome, before, after } = await runExperiment(each.experiment, { plan: each.plan, on: 'simulator' });
    const because = [before, after].flatMap(({ judgement }) => judgement.verdicts.map((verdict) => verdict.because));
    expect({ outcome, because }).toMatchObject({ outcome: 'shown' });
  });

  it.each(tried)('$id asks of servers what its scenarios bring about', async ({ experiment, plan }) => {
    const { before, after } = experiment.servers;
    const metrics = metricsOf(experiment);
    expect(await lacking(before, metrics, plan)).toEqual([]);
    expect(await lacking(after, metrics, plan)).toEqual([]);
  });

  it('use all scenarios that were made for the walk', () => {
    const used = tried.flatMap(({ experiment: { servers, simulator } }) =>
      [servers, simulator].flatMap(({ before, after }) => [before.scenario, after.scenario]),
    );
    const made = shippedScenarios().filter((name) => name.startsWith('walk-'));
    expect(made.filter((name) => !used.includes(name))).toEqual([]);
  });
});
