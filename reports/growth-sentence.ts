import type { GrowthAnswer } from '../model/questions/growth.ts';
import type { Sizing } from '../model/questions/growth-loads.ts';
import type { Bottleneck, DuePeriod } from '../model/questions/growth-timeline.ts';
import { formatNumber } from '../model/units/format.ts';

/** Which step lasts until when, and what ends it, as one sentence. */
export function growthSentence({ timeline, months, sizing }: GrowthAnswer): string {
  const said = timeline.map((period, index) =>
    period.step === null ? gap(period, timeline[index - 1], { months, sizing }) : lasts(period, { months, sizing }),
  );
  const text = said.join(', ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

type Asked = Pick<GrowthAnswer, 'months' | 'sizing'>;

function lasts({ step, untilMonth, bottleneck }: DuePeriod, { months, sizing }: Asked): string {
  if (untilMonth === months) return `step ${step} to the end, month ${months}`;
  return `step ${step} until month ${untilMonth}${bottleneck ? ` (${named(bottleneck, sizing)})` : ''}`;
}

/** Names its limit only where that is news: mostly it is what ended the step before. */
function gap(period: DuePeriod, before: DuePeriod | undefined, { months, sizing }: Asked): string {
  const { fromMonth, untilMonth, bottleneck } = period;
  const known = before?.bottleneck ?? null;
  const isNews = bottleneck !== null && (bottleneck.tier !== known?.tier || bottleneck.step !== known.step);
  return `no step carries it ${when()}${isNews ? ` (first limit ${named(bottleneck, sizing)})` : ''}`;

  function when(): string {
    if (untilMonth === months) return `from month ${fromMonth} on`;
    return fromMonth === untilMonth ? `in month ${fromMonth}` : `from month ${fromMonth} to ${untilMonth}`;
  }
}

function named({ tier, needed, limit }: Bottleneck, sizing: Sizing): string {
  if (sizing === 'as provided') return `\`${tier}\``;
  if (needed === null) return `\`${tier}\`, for which no number of instances is enough`;
  if (limit === 1) return `\`${tier}\`, which is one instance`;
  return `\`${tier}\`, of which there can be at most ${formatNumber(limit ?? Infinity)}`;
}
