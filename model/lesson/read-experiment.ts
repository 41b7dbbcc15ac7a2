import { isMap, isSeq } from 'yaml';
import { InvalidInput } from '../document/diagnostic.ts';
import type { Problem } from '../document/diagnostic.ts';
import type { Node } from '../document/source.ts';
import { isCriterionProblem, metricClasses, parseCriterion, parseMetric } from '../judge/criterion.ts';
import type { Criterion, CriterionProblem } from '../judge/criterion.ts';
import { reportUnknownClasses } from '../plan/report-classes.ts';
import { withSettings } from '../plan/with-settings.ts';
import { readText, reportNumbers } from './fill-text.ts';
import type { Experiment, Side, Trial, TrialGoal } from './lesson.ts';
import type { LessonContext } from './lesson-context.ts';
import { readStep } from './read-step.ts';

const KEYS = ['title', 'asks', 'servers', 'simulator'];
const TRIAL_KEYS = ['before', 'after', 'goals', 'shows'];
const SIDE_KEYS = ['title', 'scenario', 'step', 'set'];

/** Reads an experiment. Whether its scenarios are there, and come out as it says, only running them can tell. */
export function readExperiment(context: LessonContext, node: Node): Experiment | undefined {
  if (node === undefined) return undefined;
  const fields = context.source.fields(node, '`experiment`', KEYS, KEYS);
  const title = readText(context, fields['title'], '`title`');
  const asks = readText(context, fields['asks'], '`asks`');
  const servers = readTrial(context, fields['servers'], '`servers`');
  const simulator = readTrial(context, fields['simulator'], '`simulator`');
  return title && asks && servers && simulator ? { title, asks, servers, simulator } : undefined;
}

function readTrial(context: LessonContext, node: Node, what: string): Trial | undefined {
  if (node === undefined) return undefined;
  const { source } = context;
  const fields = source.fields(node, what, TRIAL_KEYS, ['before', 'after', 'goals']);
  const before = readSide(context, fields['before'], '`before`');
  const after = readSide(context, fields['after'], '`after`');
  const goals = readGoals(context, fields['goals']);
  const shows = readShows(context, fields['shows']);
  return before && after ? { before, after, goals, shows } : undefined;
}

function readSide(context: LessonContext, node: Node, what: string): Side | undefined {
  if (node === undefined) return undefined;
  const { source } = context;
  const fields = source.fields(node, what, SIDE_KEYS, ['title', 'scenario', 'step']);
  const title = readText(context, fields['title'], '`title`');
  const scenario = fields['scenario'] && source.text_of(fields['scenario'], '`scenario`');
  const step = readStep(context, fields['step'], '`step`');
  const set = readSettings(context, fields['set']);
  return title && scenario && step ? { title, scenario, step, set } : undefined;
}

function readSettings({ source, plan }: LessonContext, node: Node): string[] {
  if (node === undefined) return [];
  return source.items(node, '`set`').flatMap((item) => {
    const setting = source.text_of(item, 'a setting');
    if (setting === undefined) return [];
    try {
      withSettings(plan, [setting]);
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      for (const { code, message, help, column, length } of error.diagnostics) {
        const problem = code.slice(code.indexOf('_') + 1) as Problem; // what stands behind the family
        source.report(problem, item, message, { ...(help && { help }), within: { offset: column - 1, length } });
      }
    }
    return [setting];
  });
}

/** A list of criteria, or each by its title: `{ Queries that one lost entry makes: counter(stampede.queries_most) <= 3 }`. */
function readGoals(context: LessonContext, node: Node): TrialGoal[] {
  if (node === undefined) return [];
  const { source } = context;
  const entries = isMap(node)
    ? source.entries(node, '`goals`')
    : source.items(node, '`goals`').map((value) => ({ key: undefined, keyNode: undefined, value }));
  if ((isMap(node) || isSeq(node)) && node.items.length === 0) {
    source.report('RANGE', node, 'without a goal nothing is broken or mended', { help: 'write at least one' });
  }
  return entries.flatMap(({ key: title, keyNode, value }): TrialGoal[] => {
    if (title !== undefined) reportNumbers(context, keyNode, title);
    const criterion = readCriterion(context, value);
    return criterion ? [{ ...criterion, ...(title !== undefined && { title }) }] : [];
  });
}

function readCriterion(context: LessonContext, node: Node): Criterion | undefined {
  const { source, plan } = context;
  const text = source.text_of(node, 'a goal');
  if (text === undefined) return undefined;
  const criterion = parseCriterion(text, plan.units);
  if (isCriterionProblem(criterion)) return reportCriterion(context, node, criterion);
  reportUnknownClasses(source, node, text, metricClasses(criterion.metric), plan.requests);
  return criterion;
}

function readShows(context: LessonContext, node: Node): Trial['shows'] {
  if (node === undefined) return [];
  const { source, plan } = context;
  return source.entries(node, '`shows`').flatMap(({ key: title, keyNode, value }) => {
    reportNumbers(context, keyNode, title);
    const metric = source.text_of(value, `\`${title}\``);
    if (metric === undefined) return [];
    const parsed = parseMetric(metric);
    if (isCriterionProblem(parsed)) reportCriterion(context, value, parsed);
    else reportUnknownClasses(source, value, metric, metricClasses(parsed), plan.requests);
    return [{ title, metric }];
  });
}

function reportCriterion({ source }: LessonContext, node: Node, problem: CriterionProblem): undefined {
  const { message, help, offset, length } = problem;
  return source.report('CRITERION', node, message, { ...(help && { help }), within: { offset, length } });
}
