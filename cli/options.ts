import { InvalidArgumentError, Option } from 'commander';
import { FORMATS } from './terminal.ts';

export const json = (): Option =>
  new Option('--json', 'the result as JSON, and nothing else, on standard output').conflicts('format');
export const formatOption = (): Option =>
  new Option('--format <format>', 'how the result is written').choices(FORMATS).default('text');
export const samplesOption = (): Option =>
  new Option('--samples <n>', "draw the assumptions' ranges and show what the results may be").argParser(
    whole(100, 1_000_000),
  );
export const setOption = (): Option =>
  new Option('--set <name=value>', 'set a value anew; may be repeated')
    .argParser((text, all: readonly string[] | undefined) => [...(all ?? []), text])
    .default([], 'none');
export const quietOption = (): Option => new Option('--quiet', 'nothing about how runs go while they do');
export const metricsPortOption = (): Option =>
  new Option(
    '--metrics-port <port>',
    'metrics of the runs for Prometheus, on this port of 127.0.0.1 (0: any)',
  ).argParser(whole(0, 65_535));
export const metricsFileOption = (): Option =>
  new Option('--metrics-file <file>', 'the same in a file, written anew every few seconds');
export const planOption = (): Option =>
  new Option('--plan <plan>', 'name of a plan, or path of one').default('amazon-shop');
/** The step that is meant when none is named. */
export const DEFAULT_STEP = 2;
export const stepOption = (): Option =>
  new Option('--step <n>', 'step of the architecture').argParser(whole(1, 99)).default(DEFAULT_STEP);
/** The stack that is meant when none is named. */
export const DEFAULT_STACK = 'shop';
export const nameOption = (what = 'name of the stack'): Option =>
  new Option('--name <name>', what).argParser(stackName).default(DEFAULT_STACK);
export const backendOption = (): Option =>
  new Option('--backend <backend>', 'what runs it: local (plain processes) or compose (containers)').default('local');
export const DEFAULT_SEED = 42;
export const seedOption = (): Option =>
  new Option('--seed <n>', 'seed of everything random').argParser(whole(0, 2 ** 32 - 1)).default(DEFAULT_SEED);
export const scaleOption = (): Option =>
  new Option('--scale <x>', "fraction of the scenario's rates").argParser(scale).default(1);
/** For live servers, of which scenarios know how much they can be expected to carry. */
export const liveScaleOption = (): Option =>
  new Option('--scale <x>', "fraction of the scenario's rates (default: its `live_scale`, or 1)").argParser(scale);

export function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text.replaceAll(/[,_]/g, ''));
    if (Number.isInteger(value) && value >= low && value <= high) return value;
    throw new InvalidArgumentError(`It should be a whole number from ${low} to ${high}.`);
  };
}

export function twoSteps(text: string): readonly [number, number] {
  const [a, b, ...more] = text.split(',').map(whole(1, 99));
  if (a !== undefined && b !== undefined && more.length === 0 && a !== b) return [a, b];
  throw new InvalidArgumentError('It should be two different steps, such as 1,2.');
}

export function scale(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (value > 0 && value <= 100) return value;
  throw new InvalidArgumentError('It should be a number above 0, 100 at most, such as 0.2 or 20%.');
}

export function share(text: string): number {
  const value = text.endsWith('%') ? Number(text.slice(0, -1)) / 100 : Number(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError('It should be a share between 0 and 1, such as 5%.');
}

export function times(text: string): number {
  const value = Number(text.replace(/x$/, ''));
  if (value > 0 && value <= 1e6) return value;
  throw new InvalidArgumentError('It should be a number above 0, such as 10.');
}

/** `10s`, `5 min` or a bare number, as seconds. */
export function seconds(text: string): number {
  const [, number, unit = 's'] = /^(\d+)\s*(s|min)?$/.exec(text.trim()) ?? [];
  const value = Number(number) * (unit === 'min' ? 60 : 1);
  if (value <= 3_600) return value;
  throw new InvalidArgumentError('It should be a time up to an hour, such as 10s or 5min.');
}

const AGES_S: Readonly<Record<string, number>> = { min: 60, h: 3_600, d: 86_400, w: 604_800 };

/** `30d`, `12 h`, `2w`, `90min`, as seconds. */
export function age(text: string): number {
  const [, number, unit = ''] = /^(\d+)\s*(min|h|d|w)$/.exec(text.trim()) ?? [];
  const value = Number(number) * (AGES_S[unit] ?? NaN);
  if (value <= 1e10) return value;
  throw new InvalidArgumentError('It should be an age, such as 12h, 30d or 4w.');
}

const SIZES_BYTES: Readonly<Record<string, number>> = { kB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 };

/** `500 MB`, `1.5GB`, as bytes. */
export function size(text: string): number {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)\s*([kMGT]B)$/.exec(text.trim()) ?? [];
  const value = Number(number) * (SIZES_BYTES[unit] ?? NaN);
  if (value >= 0) return value;
  throw new InvalidArgumentError('It should be a size, such as 500MB or 1GB.');
}

export function stackName(text: string): string {
  if (/^[a-z][a-z0-9-]{0,30}$/.test(text)) return text;
  throw new InvalidArgumentError('It should be lower-case letters, digits and dashes, 31 at most.');
}
