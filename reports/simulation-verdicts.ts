import type { Verdict } from '../model/judge/judge.ts';
import type { StepSimulation } from '../model/questions/simulation.ts';
import type { Block, DataRow } from './document.ts';
import { measurementText, STATUS_SHOWN } from './verdict-text.ts';

/** What was expected and what came of it; below, for all that did not pass, why. */
export function verdictBlocks({ judgement }: StepSimulation): Block[] {
  const { verdicts } = judgement;
  if (verdicts.length === 0) {
    const text = 'Not judged: neither the scenario nor the plan expects anything.';
    return [{ kind: 'paragraph', text, tone: 'warn' }];
  }
  // What makes the whole run invalid is told once, below.
  const told = judgement.validity.flatMap(({ ok, detail }) => (ok ? [] : [detail]));
  const missed = verdicts.filter(({ status, because }) => status !== 'PASS' && !told.includes(because));
  return [
    {
      kind: 'table',
      name: 'verdicts',
      columns: [{ title: 'verdict' }, { title: 'expected' }, { title: 'simulated', flexible: true }],
      rows: verdicts.map((verdict) => {
        const { symbol, word, emphasis } = STATUS_SHOWN[verdict.status];
        return [{ text: `${symbol} ${word}`, tone: emphasis }, verdict.criterion.text, seenText(verdict)];
      }),
      data: verdicts.map(dataOf),
    },
    ...missed.map(({ criterion, because, help }): Block => ({
      kind: 'item',
      title: `${criterion.text}: ${because}`,
      lines: help === undefined ? [] : [`= help: ${help}`],
    })),
  ];
}

function seenText({ criterion, measurement }: Verdict): string {
  return measurement ? measurementText(criterion.metric, measurement) : '';
}

function dataOf({ criterion, status, measurement, because }: Verdict): DataRow {
  return {
    criterion: criterion.text,
    status,
    value: measurement?.value ?? null,
    low95: measurement?.interval95?.low ?? null,
    high95: measurement?.interval95?.high ?? null,
    unit: measurement?.unit ?? null,
    threshold: criterion.threshold,
    because,
  };
}
