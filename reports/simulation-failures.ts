import type { StepSimulation } from '../model/questions/simulation.ts';
import { formatNumber } from '../model/units/format.ts';
import type { Block } from './document.ts';
import { rateText } from './figure-text.ts';
import { tierName } from './tier-name.ts';

/** Why requests failed: which tiers refused or failed visits over the judged phases, and which messages died; nothing when none did. */
export function failureBlocks(step: StepSimulation): Block[] {
  const lines = [...tierLines(step), ...messageLines(step)];
  if (lines.length === 0) return [];
  return [
    {
      kind: 'item',
      title: 'Where it failed (a visit fails, too, when a call that it makes fails or times out):',
      lines,
    },
  ];
}

function tierLines({ tiers, counters }: StepSimulation): string[] {
  return tiers.flatMap(({ tier }) => {
    const failed = counters.per_s[`${tier}.errors`] ?? 0;
    const refused = counters.per_s[`${tier}.refused`] ?? 0;
    const said = [
      ...(refused > 0 ? [`${rateText({ value: refused })} visits/s refused`] : []),
      ...(failed > 0 ? [`${rateText({ value: failed })} visits/s failed`] : []),
    ];
    return said.length > 0 ? [`${tierName(tier)}: ${said.join(', ')}`] : [];
  });
}

const DEAD = '.dead';

function messageLines({ counters, replications }: StepSimulation): string[] {
  return Object.entries(counters.per_replication).flatMap(([name, dead]) => {
    if (!name.endsWith(DEAD)) return [];
    const message = name.slice(0, -DEAD.length);
    const redelivered = counters.per_s[`${message}.redelivered`] ?? 0;
    const said = [
      ...(dead > 0 ? [`${formatNumber(dead)} messages died${replications > 1 ? ' a replication' : ''}`] : []),
      ...(redelivered > 0 ? [`${rateText({ value: redelivered })} messages/s delivered again`] : []),
    ];
    return said.length > 0 ? [`${message}: ${said.join(', ')}`] : [];
  });
}
