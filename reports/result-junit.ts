import type { Result, ResultRun } from './result.ts';
import { suitesOf } from './result-suites.ts';
import type { ResultSuite } from './result-suites.ts';
import { suspectsSentence } from './suspects-text.ts';
import type { VerdictLine } from './verdict-text.ts';
import { writeXml } from './xml-text.ts';
import type { XmlElement } from './xml-text.ts';

/**
 * Any result as JUnit XML, as GitHub, GitLab and Jenkins read it: a suite for each run, a case for each criterion. FAIL is a `failure`; what
 * could not be judged or run is an `error` of that type, so that no reader takes it for a pass. Each run is a case of its own as well, which
 * says whether it was valid and how long it took: criteria take no time.
 */
export function resultJunit(result: Result): string {
  const cause = suspectsSentence(result.suspects ?? []);
  const suites = suitesOf(result).map((suite) => suiteElement(suite, cause));
  const all = { ...countsOf(suites.flatMap(({ cases }) => cases)), time: sumOfTimes(suites) };
  const root: XmlElement = {
    tag: 'testsuites',
    attributes: { name: result.title, ...all },
    children: suites.map(({ element }) => element),
  };
  return `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(root)}`;
}

interface Case {
  readonly line: VerdictLine;
  readonly time_s: number;
}

interface Suite {
  readonly cases: readonly Case[];
  readonly element: XmlElement;
}

function suiteElement({ name, cases: lines, run }: ResultSuite, cause: string): Suite {
  const cases: Case[] = [...runCase(run), ...lines.map((line) => ({ line, time_s: 0 }))];
  const properties = run ? propertiesOf(run) : [];
  // Dots would make packages of it.
  const classname = name.replaceAll('.', '_').replaceAll(', ', '.');
  const element: XmlElement = {
    tag: 'testsuite',
    attributes: {
      name,
      ...countsOf(cases),
      time: timeOf(cases),
      timestamp: run?.observation.what.startedAt?.replace(/(\.\d+)?Z$/, ''),
    },
    children: [...properties, ...cases.map((each) => caseElement(each, classname, cause))],
  };
  return { cases, element };
}

/** Whether the run can carry a judgement at all: without criteria, this is all there is to say. */
function runCase(run: ResultRun | undefined): Case[] {
  if (!run) return [];
  const { phases } = run.observation;
  const time_s = Math.max(0, ...phases.map(({ end_s }) => end_s));
  const breach = run.judgement.validity.find(({ ok, severity }) => !ok && severity === 'invalid');
  const line: VerdictLine = breach
    ? { text: 'the run is valid', status: 'INVALID', measured: '', because: breach.detail, help: breach.help }
    : { text: 'the run is valid', status: 'PASS', measured: '', because: 'every check passed' };
  return [{ line, time_s }];
}

function propertiesOf({ run, observation }: ResultRun): XmlElement[] {
  const { environment, scale, seed, executor, engine, profile } = observation.what;
  const facts = { ...(run !== undefined && { run }), executor, engine, profile, scale, seed, ...environment };
  const children = Object.entries(facts).map(([name, value]) => ({ tag: 'property', attributes: { name, value } }));
  return [{ tag: 'properties', children }];
}

function caseElement({ line, time_s }: Case, classname: string, cause: string): XmlElement {
  const attributes = { name: line.text, classname, time: time_s.toFixed(3) };
  const outcome = outcomeElement(line, cause);
  return { tag: 'testcase', attributes, ...(outcome && { children: [outcome] }) };
}

const TAG = {
  FAIL: 'failure',
  INVALID: 'error',
  NO_DATA: 'error',
  INCONCLUSIVE: 'error',
  NOT_RUN: 'error',
  SKIPPED: 'skipped',
} as const;

function outcomeElement({ status, measured, because, help }: VerdictLine, cause: string): XmlElement | undefined {
  if (status === 'PASS') return undefined;
  const tag = TAG[status];
  if (tag === 'skipped') return { tag, attributes: { message: because } };
  const text = [
    because,
    ...(measured === '' ? [] : [`measured: ${measured}`]),
    ...(help === undefined ? [] : [`help: ${help}`]),
    ...(cause === '' ? [] : [cause]),
  ];
  return { tag, attributes: { message: because, type: status }, text: text.join('\n') };
}

function countsOf(cases: readonly Case[]): Readonly<Record<string, number>> {
  const tags = cases.flatMap(({ line }) => (line.status === 'PASS' ? [] : [TAG[line.status]]));
  const count = (wanted: string): number => tags.filter((tag) => tag === wanted).length;
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') };
}

function timeOf(cases: readonly Case[]): string {
  return cases.reduce((sum, { time_s }) => sum + time_s, 0).toFixed(3);
}

function sumOfTimes(suites: readonly Suite[]): string {
  return timeOf(suites.flatMap(({ cases }) => cases));
}
