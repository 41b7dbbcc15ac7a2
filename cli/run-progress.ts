import { openMetricsEndpoint } from '../harness/metrics-endpoint.ts';
import type { MetricsEndpoint } from '../harness/metrics-endpoint.ts';
import { MetricsFile } from '../harness/metrics-file.ts';
import type { RunProgress, RunRequest } from '../harness/run-scenario.ts';
import type { Criterion } from '../model/judge/criterion.ts';
import { judge } from '../model/judge/judge.ts';
import type { Verdict } from '../model/judge/judge.ts';
import type { Observation } from '../model/observation/observation.ts';
import { settingOf } from '../model/setting/setting-of.ts';
import { progressLines, progressNews } from '../reports/progress-text.ts';
import type { RunState } from '../reports/progress-text.ts';
import { prometheusText } from '../reports/prometheus-text.ts';
import type { RunMetrics } from '../reports/prometheus-text.ts';
import type { Terminal } from './terminal.ts';

/** A run that somebody watches. */
export type WatchedRun = Pick<RunRequest, 'plan' | 'scenario' | 'stack' | 'engine' | 'scale'>;

/** Who watches, and where. */
export interface WatchOptions {
  /** Nothing on standard error. */
  readonly quiet?: true;
  /** Port of 127.0.0.1 that metrics are served on, 0 for any. */
  readonly metricsPort?: number;
  /** File that metrics are written to, whole each time. */
  readonly metricsFile?: string;
}

/** What a run tells while it goes on. */
export type RunListener = Partial<Pick<RunRequest, 'onProgress' | 'onSoFar'>>;

/** What a run that is to be watched is given; `criteria` are those that it will be held against. */
export type Listen = (run: WatchedRun, criteria: readonly Criterion[]) => RunListener;

/**
 * Lets `work` tell how one run after the other goes: on standard error, in place on a terminal and line by line elsewhere, and as metrics
 * where they are asked for, which end with it. Where nobody looks, what was seen so far is not even asked for.
 * @throws RunError when metrics cannot be served, or written at all.
 */
export async function watchRuns<T>(
  terminal: Terminal,
  options: WatchOptions,
  work: (listen: Listen) => Promise<T>,
): Promise<T> {
  const watch = new RunWatch(terminal, options);
  try {
    await watch.open();
    return await work((run, criteria) => watch.listener(run, criteria));
  } finally {
    await watch.close();
  }
}

class RunWatch {
  readonly #terminal: Terminal;
  readonly #options: WatchOptions;
  #endpoint: MetricsEndpoint | undefined;
  #file: MetricsFile | undefined;
  #metrics: RunMetrics | undefined;

  constructor(terminal: Terminal, options: WatchOptions) {
    this.#terminal = terminal;
    this.#options = options;
  }

  async open(): Promise<void> {
    const { metricsPort, metricsFile } = this.#options;
    if (metricsFile !== undefined) this.#file = await MetricsFile.open(metricsFile, this.#terminal.message);
    if (metricsPort === undefined) return;
    this.#endpoint = await openMetricsEndpoint(metricsPort, () => this.#metricsText());
    this.#terminal.message(`metrics at ${this.#endpoint.url}`);
  }

  async close(): Promise<void> {
    await this.#endpoint?.close();
    await this.#file?.close();
  }

  /** What the next run is to be given. */
  listener({ plan, scenario, stack, engine, scale }: WatchedRun, criteria: readonly Criterion[]): RunListener {
    const { quiet, metricsPort, metricsFile } = this.#options;
    if (quiet && metricsPort === undefined && metricsFile === undefined) return {};
    const setting = settingOf({ plan, step: stack.step, topology: stack.topology, scenario, scale });
    let verdicts: readonly Verdict[] = [];
    let observation: Observation | undefined;
    let state: RunState | undefined;
    const show = (next: RunState): void => {
      if (!quiet) this.#show(state, next);
      state = next;
      this.#metrics = { state, ...(observation && { observation }) };
    };
    return {
      onProgress: (progress: RunProgress) => show({ ...progress, scenario: scenario.name, verdicts }),
      onSoFar: (seen) => {
        observation = seen;
        if (hasBegun(seen)) verdicts = judge(seen, criteria, engine.claims, setting).verdicts;
        if (state) show({ ...state, verdicts });
        this.#file?.write(this.#metricsText());
      },
    };
  }

  #show(before: RunState | undefined, state: RunState): void {
    const { isLive, errStyle, progress, message } = this.#terminal;
    if (isLive) progress(...progressLines(state, errStyle));
    else for (const line of progressNews(before, state, errStyle)) message(line);
  }

  #metricsText(): string {
    return this.#metrics ? prometheusText(this.#metrics) : '';
  }
}

/** Whether there is anything to judge: warm-up is not. */
function hasBegun({ phases, classes }: Observation): boolean {
  const judged = new Set(phases.filter((phase) => phase.judged).map(({ name }) => name));
  return classes.some(({ phase, sent }) => sent > 0 && judged.has(phase));
}
