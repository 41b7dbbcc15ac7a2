import { formatInBaseUnit, formatNumber } from '../model/units/format.ts';
import type { Style } from './style.ts';
import { table } from './table.ts';

export interface StatusRow {
  readonly id: string;
  readonly tier: string;
  readonly role: string;
  readonly port: number;
  /** 0 for a container, of which only the health is asked. */
  readonly pid: number;
  readonly alive: boolean;
  readonly healthy: boolean;
  readonly detail: string;
  /** Which of several shards a database node holds, from 1. */
  readonly shard?: number;
  /** How far a replica is behind its primary. */
  readonly lag_bytes?: number;
  readonly memory_bytes: number;
  readonly cpu_s: number;
}

/** So many columns has a line beside names and roles: gaps, port, pid, memory, processor time, and health in short lines. */
const NUMBERS_WIDTH = 57;

/**
 * Every process of a stack, one a line, those of a tier together; in the order in which tiers were started. Where lines are too short for whole
 * names, pid and processor time are left out: names are what other commands want.
 */
export function statusText(rows: readonly StatusRow[], { style, width }: { style: Style; width: number }): string {
  const right = 'right' as const;
  const roleOf = ({ role, shard }: StatusRow): string => (shard === undefined ? role : `${role}, shard ${shard}`);
  const longest = (texts: readonly string[]): number => Math.max(0, ...texts.map((text) => text.length));
  const isWide = longest(rows.map(({ id }) => id)) + longest(rows.map(roleOf)) + NUMBERS_WIDTH <= width;
  const ifWide = <T>(column: T): T[] => (isWide ? [column] : []);
  const columns = [
    { title: 'process' },
    { title: 'role' },
    { title: 'port', align: right },
    ...ifWide({ title: 'pid', align: right }),
    { title: 'memory', align: right },
    ...ifWide({ title: 'cpu', align: right }),
    { title: 'health', flexible: true },
  ];
  const health = (row: StatusRow): string => {
    if (!row.alive) return style.bad(`gone: ${row.detail}`);
    if (!row.healthy) return style.bad(`unwell: ${row.detail}`);
    const lag = row.lag_bytes === undefined ? '' : `, ${formatInBaseUnit(row.lag_bytes, 'B')} behind`;
    return style.good(`well${lag}`);
  };
  const together = [...Map.groupBy(rows, ({ tier }) => tier).values()].flat();
  const cells = together.map((row) => [
    row.id,
    roleOf(row),
    row.pid === 0 ? '–' : String(row.port),
    ...ifWide(row.pid === 0 ? '–' : String(row.pid)),
    row.pid === 0 ? '–' : formatInBaseUnit(row.memory_bytes, 'B'),
    ...ifWide(row.pid === 0 ? '–' : `${formatNumber(row.cpu_s, 3)} s`),
    health(row),
  ]);
  return `${table({ columns, rows: cells, width, style })}\n`;
}
