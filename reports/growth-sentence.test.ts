import { describe, expect, it } from 'vitest';
import type { Sizing } from '../model/questions/growth-loads.ts';
import type { Bottleneck, DuePeriod } from '../model/questions/growth-timeline.ts';
import { growthSentence } from './growth-sentence.ts';

const PRIMARY: Bottleneck = { step: 1, tier: 'database', utilisation: 1.2, needed: 2, limit: 1 };
const LICENSED: Bottleneck = { step: 2, tier: 'replicas', utilisation: 1.1, needed: 1101, limit: 1000 };
const DRAINED: Bottleneck = { step: 2, tier: 'replicas', utilisation: null, needed: null, limit: null };

type Span = readonly [step: number | null, untilMonth: number, bottleneck: Bottleneck | null];

function sentence(spans: readonly Span[], sizing: Sizing = 'as needed'): string {
  const timeline = spans.map(([step, untilMonth, bottleneck], index): DuePeriod => {
    const fromMonth = (spans[index - 1]?.[1] ?? -1) + 1;
    return { step, name: step === null ? null : `step ${step}`, fromMonth, untilMonth, bottleneck };
  });
  const months = spans.at(-1)?.[1] ?? 0;
  const rest = { formatVersion: 1, kind: 'growth', plan: 'p', title: 'P', steps: [], drivers: [] } as const;
  return growthSentence({ ...rest, months, sizing, timeline });
}

describe('growthSentence', () => {
  it.each<[readonly Span[], string]>([
    [[[1, 9, null]], 'Step 1 to the end, month 9.'],
    [
      [[2, 3, PRIMARY], [3, 9, null]],
      'Step 2 until month 3 (`database`, which is one instance), step 3 to the end, month 9.',
    ],
    [
      [[2, 3, LICENSED], [null, 9, LICENSED]],
      'Step 2 until month 3 (`replicas`, of which there can be at most 1,000), no step carries it from month 4 on.',
    ],
    [
      [[2, 3, DRAINED], [null, 4, PRIMARY], [2, 9, null]],
      'Step 2 until month 3 (`replicas`, for which no number of instances is enough), no step carries it in month 4 (first limit `database`, which is one instance), step 2 to the end, month 9.',
    ],
    [
      [[null, 2, PRIMARY], [1, 9, null]],
      'No step carries it from month 0 to 2 (first limit `database`, which is one instance), step 1 to the end, month 9.',
    ],
    [[[2, 3, null], [1, 9, null]], 'Step 2 until month 3, step 1 to the end, month 9.'],
  ])('%j', (spans, says) => expect(sentence(spans)).toBe(says)); // prettier-ignore

  it('names the full tier alone where instances stay as they are', () => {
    expect(sentence([[1, 3, PRIMARY], [null, 9, PRIMARY]], 'as provided')).toBe(
      'Step 1 until month 3 (`database`), no step carries it from month 4 on.',
    ); // prettier-ignore
  });
});
