import type { Suspect } from '../../model/diagnosis/suspect.ts';
import type { RunSetting, SettingTier } from '../../model/setting/run-setting.ts';
import { formatNumber } from '../../model/units/format.ts';
import { percentText } from '../amount-text.ts';
import type { ResultRun } from '../result.ts';
import { figureMarkup } from './figure.ts';
import { graphMarkup } from './graph.ts';
import { layoutOf } from './graph-layout.ts';
import type { Content, Markup } from './markup.ts';
import { tierLoads } from './tier-load.ts';
import type { TierLoad } from './tier-load.ts';

/** The tiers and who calls whom, with the load that was planned and how busy each tier was. */
export function architecture({ observation }: ResultRun, setting: RunSetting, suspects: readonly Suspect[]): Markup {
  const loads = tierLoads(observation, setting);
  const edges = drawnEdges(setting);
  const layout = layoutOf(
    setting.entry,
    setting.tiers.map(({ id }) => id),
    edges,
  );
  const boxes = new Map(setting.tiers.map((tier) => [tier.id, boxOf(tier, loads, suspects)]));
  const left = setting.edges.length - edges.length;
  const drawing = graphMarkup({
    layout,
    boxes,
    label: `Tiers of ${observation.what.plan}, step ${observation.what.step}, from left to right`,
  });
  const caption = `Requests come in on the left. Arrows carry the visits a second that the plan's routes lead to at the highest planned rate.${
    left > 0
      ? ` ${left} ${left === 1 ? 'call' : 'calls'} that no route takes ${left === 1 ? 'is' : 'are'} left out of the drawing, not out of the table.`
      : ''
  }`;
  const data = {
    caption: 'Who calls whom',
    columns: [{ title: 'From' }, { title: 'To' }, { title: 'planned visits/s', numeric: true }],
    rows: setting.edges.map(({ from, to, visits_per_s }): Content[] => [
      from,
      to,
      visits_per_s === undefined ? '-' : rateText(visits_per_s),
    ]),
  };
  return figureMarkup({ drawing, caption, data });
}

/** Calls that no route takes are drawn only for tiers that would stand alone without them. */
function drawnEdges({ edges }: RunSetting): { from: string; to: string; label: string }[] {
  const busy = edges.filter(({ visits_per_s }) => visits_per_s !== undefined);
  const isConnected = (tier: string): boolean => busy.some(({ from, to }) => from === tier || to === tier);
  const shown = edges.filter((edge) => busy.includes(edge) || !isConnected(edge.from) || !isConnected(edge.to));
  return shown.map(({ from, to, visits_per_s }) => ({
    from,
    to,
    label: visits_per_s === undefined ? '' : rateText(visits_per_s),
  }));
}

export interface Box {
  readonly lines: readonly string[];
  /** Said of a suspect, in words. */
  readonly mark?: string;
}

function boxOf({ id, kind, instances }: SettingTier, loads: readonly TierLoad[], suspects: readonly Suspect[]): Box {
  const load = loads.find(({ tier }) => tier === id);
  const suspect = suspects.findIndex(({ tier }) => tier === id);
  return {
    lines: [`${formatNumber(instances)} × ${kind}`, busyText(load)].filter((line) => line !== ''),
    ...(suspect >= 0 && { mark: `suspect ${suspect + 1}` }),
  };
}

function busyText(load: TierLoad | undefined): string {
  if (load?.utilisation !== undefined) return `${percentText(load.utilisation)} in use`;
  if (load?.cpu_cores === undefined) return '';
  const share = load.share === undefined ? '' : ` (${percentText(load.share, 2)})`;
  return `${formatNumber(load.cpu_cores, 2)} cores${share}`;
}

function rateText(visits_per_s: number): string {
  return `${formatNumber(visits_per_s >= 100 ? Math.round(visits_per_s) : visits_per_s, 3)}/s`;
}
