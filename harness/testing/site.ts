import type { Site } from '../instruments.ts';

/** As much of a site as an instrument reads: whatever else it asked for would be undefined. */
export function siteWith(given: {
  readonly databases?: Readonly<Record<string, string>>;
  readonly feeds_dir?: string;
  readonly writes_log?: string;
}): Site {
  const databases = Object.fromEntries(
    Object.entries(given.databases ?? {}).map(([name, url]) => [name, { write: url, read: url }]),
  );
  const partial: unknown = {
    scenario: { phases: [{ name: 'load', duration_s: 10 }] },
    stack: { feeds_dir: given.feeds_dir ?? '', processes: [] },
    connections: { postgres: {}, redis: {}, rabbitmq: {}, images: null, databases },
    writes_log: given.writes_log ?? '',
  };
  return partial as Site;
}
