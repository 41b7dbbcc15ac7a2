/** A sample of Prometheus' text format. */
export interface ExposedSample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
  /** Type of the family it belongs to. */
  readonly type: string;
}

const SAMPLE = /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)/gy;

/** Reads Prometheus' text format 0.0.4 as strictly as a scraper does; throws at what is none. */
export function readExposition(text: string): ExposedSample[] {
  if (text !== '' && !text.endsWith('\n')) throw new Error('the last line has no end');
  const types = new Map<string, string>();
  const samples: ExposedSample[] = [];
  for (const line of text.split('\n').slice(0, -1)) {
    const [, kind, family = '', type = ''] = /^# (HELP|TYPE) (\S+) ?(.*)$/.exec(line) ?? [];
    if (kind === 'TYPE' && types.has(family)) throw new Error(`${family} has two types`);
    if (kind === 'TYPE') types.set(family, type);
    if (!line.startsWith('#') && line !== '') samples.push(readSample(line, types));
  }
  const keys = samples.map(({ name, labels }) => JSON.stringify([name, labels]));
  if (new Set(keys).size < keys.length) throw new Error('two samples are the same');
  return samples;
}

function readSample(line: string, types: ReadonlyMap<string, string>): ExposedSample {
  const [, name, labelText = '', number = ''] = SAMPLE.exec(line) ?? [];
  if (name === undefined) throw new Error(`no sample: ${line}`);
  const type = types.get(name) ?? types.get(name.replace(/_(bucket|sum|count)$/, ''));
  if (type === undefined) throw new Error(`${name} has no type before it`);
  const pairs = [...labelText.matchAll(LABEL)];
  if (pairs.reduce((length, [whole]) => length + whole.length, 0) !== labelText.length)
    throw new Error(`no labels: ${labelText}`);
  const value = Number(number.replace(/^\+?Inf$/, 'Infinity'));
  if (Number.isNaN(value)) throw new Error(`no value: ${number}`);
  const unescaped = (quoted: string): string => quoted.replaceAll(/\\(.)/g, (_, each) => (each === 'n' ? '\n' : each));
  return {
    name,
    labels: Object.fromEntries(pairs.map(([, key, quoted = '']) => [key, unescaped(quoted)])),
    value,
    type,
  };
}
