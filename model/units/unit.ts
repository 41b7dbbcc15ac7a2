import { base, DIMENSIONLESS, multiply } from './dimension.ts';
import type { Dimension } from './dimension.ts';

/** A unit: its dimension, and how many base units (s, B, USD, one counted thing) one of it is. */
export interface Unit {
  readonly dimension: Dimension;
  readonly factor: number;
  /** As people write it, e.g. `req/user/day`. */
  readonly symbol: string;
}

/** Things that plans count, with the spellings that mean them. A plan can add its own under `units:`. */
const COUNTED: readonly (readonly [string, ...string[]])[] = [
  ['req', 'request', 'requests', 'reqs'],
  ['query', 'queries'],
  ['user', 'users'],
  ['server', 'servers'],
  ['order', 'orders'],
  ['product', 'products'],
  ['image', 'images'],
  ['review', 'reviews'],
  ['session', 'sessions'],
  ['cart', 'carts'],
  ['item', 'items'],
  ['page', 'pages'],
  ['search', 'searches'],
  ['node', 'nodes'],
  ['instance', 'instances'],
  ['replica', 'replicas'],
  ['shard', 'shards'],
  ['service', 'services'],
  ['team', 'teams'],
  ['database', 'databases'],
  ['connection', 'connections', 'conn'],
  ['message', 'messages', 'msg'],
  ['event', 'events'],
  ['job', 'jobs'],
  ['worker', 'workers'],
  ['core', 'cores'],
  ['entry', 'entries'],
  ['key', 'keys'],
  ['url', 'urls'],
];

const SECOND = base('time');
const BYTE = base('data');
const DAY_S = 86_400;

const FIXED: readonly (readonly [Dimension, number, ...string[]])[] = [
  [DIMENSIONLESS, 0.01, '%', 'percent'],
  [DIMENSIONLESS, 1, 'x', 'times'],
  [SECOND, 1e-6, 'us', 'µs'],
  [SECOND, 1e-3, 'ms'],
  [SECOND, 1, 's', 'sec', 'second', 'seconds'],
  [SECOND, 60, 'min', 'minute', 'minutes'],
  [SECOND, 3600, 'h', 'hour', 'hours'],
  [SECOND, DAY_S, 'day', 'days', 'd'],
  [SECOND, 7 * DAY_S, 'week', 'weeks'],
  // Cloud bills count 730 hours a month and capacity documents 30 days; a plan that needs days writes days.
  [SECOND, 730 * 3600, 'month', 'months'],
  [SECOND, 365 * DAY_S, 'year', 'years'],
  [BYTE, 0.125, 'bit', 'bits'],
  [BYTE, 1, 'B', 'byte', 'bytes'],
  [base('money'), 1, 'USD', '$'],
  ...(['K', 'M', 'G', 'T', 'P', 'E'] as const).flatMap((prefix, index) => {
    const decimal = 1000 ** (index + 1);
    const binary = 1024 ** (index + 1);
    const lower = prefix === 'K' ? [`k${'B'}`] : [];
    return [
      [BYTE, decimal, `${prefix}B`, ...lower] as const,
      [BYTE, binary, `${prefix}iB`] as const,
      [BYTE, decimal / 8, `${prefix}bit`, ...(prefix === 'K' ? ['kbit'] : [])] as const,
    ];
  }),
];

function builtIn(): Map<string, Unit> {
  const table = new Map<string, Unit>();
  for (const [dimension, factor, ...names] of FIXED) {
    for (const name of names) table.set(name, { dimension, factor, symbol: names[0] ?? name });
  }
  for (const [symbol, ...others] of COUNTED) {
    for (const name of [symbol, ...others]) table.set(name, { dimension: base(symbol), factor: 1, symbol });
  }
  const perSecond = multiply(DIMENSIONLESS, SECOND, -1);
  for (const [name, prefix] of [['bps', 1] as const, ['Mbps', 1e6] as const, ['Gbps', 1e9] as const]) {
    table.set(name, { dimension: multiply(BYTE, perSecond), factor: prefix / 8, symbol: name });
  }
  return table;
}

/** The words that may stand for a unit. `add` returns a larger table; tables never change. */
export class UnitTable {
  readonly #units: ReadonlyMap<string, Unit>;
  private constructor(units: ReadonlyMap<string, Unit>) {
    this.#units = units;
  }

  static readonly standard: UnitTable = new UnitTable(builtIn());

  /** A table that also counts `noun` (and its plural with -s). */
  add(noun: string): UnitTable {
    const units = new Map(this.#units);
    for (const name of [noun, `${noun}s`]) units.set(name, { dimension: base(noun), factor: 1, symbol: noun });
    return new UnitTable(units);
  }

  get(name: string): Unit | undefined {
    return this.#units.get(name);
  }

  names(): Iterable<string> {
    return this.#units.keys();
  }

  /**
   * Reads a unit expression such as `req/user/day`, `KB`, `$/node/h` or `1/s`.
   * Returns the unit, or the first word that is not a unit with its offset.
   */
  parse(text: string): Unit | { readonly unknown: string; readonly offset: number } {
    let dimension = DIMENSIONLESS;
    let factor = 1;
    const symbols: string[] = [];
    const parts = text.matchAll(/(^|[/*])\s*([^/*]*)/g);
    for (const part of parts) {
      const word = (part[2] ?? '').trim();
      if (word === '1' && part.index === 0) {
        symbols.push('1');
        continue;
      }
      const unit = this.get(word);
      if (!unit) return { unknown: word, offset: part.index + (part[0].length - (part[2] ?? '').length) };
      const sign = part[1] === '/' ? -1 : 1;
      dimension = multiply(dimension, unit.dimension, sign);
      factor *= unit.factor ** sign;
      symbols.push(`${part[1] ?? ''}${unit.symbol}`);
    }
    return { dimension, factor, symbol: symbols.join('') };
  }
}
