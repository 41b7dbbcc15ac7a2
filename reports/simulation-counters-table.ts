import type { Counters, StepSimulation } from '../model/questions/simulation.ts';
import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import type { Block } from './document.ts';
import { tierName } from './tier-name.ts';

/** Everything that was counted, for those who know what they look for; what never happened is in the data alone. */
export function countersTable({ counters }: StepSimulation): Block {
  const counted = [
    ...rows(counters.per_s, '/s', (value) => `${formatNumber(value)} /s`),
    ...rows(counters.per_replication, '/replication', (value) => `${formatNumber(value)} a replication`),
    ...rows(ages(counters), 's', (value) => formatInBaseUnit(value, 's')),
  ];
  return {
    kind: 'table',
    name: 'counters',
    columns: [
      { title: 'counted', flexible: true },
      { title: 'mean', align: 'right' },
    ],
    rows: counted.filter(({ value }) => value > 0).map(({ name, text }) => [name, text]),
    data: counted.map(({ counter, value, unit }) => ({ counter, value, unit })),
  };
}

function ages({ mean_age_s }: Counters): Record<string, number> {
  return Object.fromEntries(Object.entries(mean_age_s).map(([message, age]) => [`${message}.age`, age]));
}

function rows(values: Readonly<Record<string, number>>, unit: string, textOf: (value: number) => string) {
  return Object.entries(values).map(([counter, value]) => ({
    counter,
    // Beyond the last dot is what was counted.
    name: counter.replace(/^.*(?=\.)/, tierName),
    value,
    unit,
    text: textOf(value),
  }));
}
