import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';
import type { RefinedResponse } from 'k6/http';
import type { Options, Scenario } from 'k6/options';
import { drawClass, drawRow, uniformsOf } from './draw.ts';
import type { TestClass, TestData, Text } from './test-data.ts';

// A load test for k6. It belongs to the data beside it and can be run by hand: `k6 run load.ts`. With RECORD=1 in its environment it
// writes a line when a request is sent and a line when it has ended (see engines/k6/record-line.ts).

/** k6's own code for a request that took longer than it may. */
const TIMEOUT_CODE = 1050;
/** Codes from here on are answers with a status of 400 or more. */
const ANSWER_CODES = 1400;

const data: TestData = JSON.parse(open('./test.json'));
const feeds = data.feeds.map(
  (_, i) => new SharedArray<readonly string[]>(`feed ${i}`, () => JSON.parse(open(`./feed-${i}.json`))),
);
const recording = __ENV['RECORD'] === '1';

/** One scenario a phase. Its thresholds always pass: they make k6 count dropped iterations of each phase apart. */
export const options: Options = {
  discardResponseBodies: true,
  maxRedirects: 0,
  systemTags: ['scenario'],
  summaryTrendStats: ['med', 'p(95)', 'p(99)', 'max'],
  scenarios: Object.fromEntries(data.phases.map((phase, i) => [`phase_${i}`, scenarioOf(phase)])),
  thresholds: Object.fromEntries(data.phases.map((_, i) => [droppedIn(i), ['count>=0']])),
};

function scenarioOf(phase: TestData['phases'][number]): Scenario {
  return {
    executor: 'ramping-arrival-rate',
    exec: 'request',
    startTime: phase.start,
    startRate: phase.start_rate,
    timeUnit: phase.time_unit,
    stages: phase.stages.map(({ duration, target }) => ({ duration, target })),
    preAllocatedVUs: data.vus,
    maxVUs: data.vus,
    gracefulStop: data.graceful_stop,
  };
}

function droppedIn(phase: number): string {
  return `dropped_iterations{scenario:phase_${phase}}`;
}

interface Started {
  readonly started_ms: number;
}

export function setup(): Started {
  const started_ms = Date.now();
  tell(`! ${started_ms}`);
  return { started_ms };
}

/** One iteration: the request that is next in its phase. */
export function request({ started_ms }: Started): void {
  const { name, iterationInTest, startTime } = exec.scenario;
  const phase = Number(name.slice('phase_'.length));
  const n = (data.phases[phase]?.first ?? 0) + iterationInTest;
  const uniform = uniformsOf(data.seed, n);
  const class_index = drawClass(data.shares, uniform);
  const template = data.classes[class_index];
  if (template === undefined) throw new Error(`class ${class_index} was drawn, but there is none`);
  const rows: (readonly string[] | undefined)[] = [];
  const id = `${data.id_prefix}-${phase}-${iterationInTest}`;
  const render = (text: Text): string => {
    let whole = '';
    for (const piece of text) {
      if (typeof piece === 'string') whole += piece;
      else if ('own' in piece) whole += id;
      else {
        const feed = data.feeds[piece.feed];
        if (feed !== undefined) rows[piece.feed] ??= feeds[piece.feed]?.[drawRow(feed, n, uniform)];
        whole += rows[piece.feed]?.[piece.column] ?? '';
      }
    }
    return whole;
  };
  const path = render(template.path);
  const headers = Object.fromEntries(template.headers.map(([header, value]) => [header, render(value)]));
  const body = template.body === undefined ? null : render(template.body);
  const key = `${phase} ${iterationInTest}`;
  const sent_ms = Date.now();
  const left_ms = Math.max(1, started_ms + data.end_s * 1000 - sent_ms);
  const timeout = Math.min(template.timeout_ms, left_ms);
  tell(`> ${key} ${class_index} ${startTime} ${sent_ms}`);
  const response = http.request(template.method, data.base_url + path, body, { headers, timeout });
  const outcome = outcomeOf(response, template, timeout);
  const answered = outcome === 'ok' || outcome === 'http_error';
  const took_ms = answered ? response.timings.duration : outcome === 'timeout' ? timeout : Date.now() - sent_ms;
  tell(`< ${key} ${outcome} ${answered ? response.status : 0} ${Math.round(took_ms * 1000)}`);
}

/** The one way out of a virtual user: a line on standard error. */
function tell(line: string): void {
  // oxlint-disable-next-line no-console
  if (recording) console.log(line);
}

function outcomeOf(response: RefinedResponse<'none'>, template: TestClass, timeout: number): string {
  const { error_code, status } = response;
  if (error_code === TIMEOUT_CODE) return timeout < template.timeout_ms ? 'abandoned' : 'timeout';
  if (error_code > 0 && error_code < ANSWER_CODES) return 'reset';
  return template.accept.includes(status) ? 'ok' : 'http_error';
}

interface Summary {
  readonly metrics: Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>>;
}

/** What k6 alone knows, as JSON on standard output: the iterations that it dropped in each phase. */
export function handleSummary({ metrics }: Summary): Record<string, string> {
  const counts = Object.entries(metrics).map(([name, { values }]) => [name, values['count'] ?? 0] as const);
  const named = new Map(counts);
  const dropped = data.phases.map((_, i) => named.get(droppedIn(i)) ?? 0);
  const duration = metrics['http_req_duration']?.values ?? {};
  return { stdout: `${JSON.stringify({ dropped, http_req_duration_ms: duration })}\n` };
}
