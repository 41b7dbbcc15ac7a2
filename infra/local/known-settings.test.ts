import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { TIER_KINDS } from '../../model/topology/topology.ts';
import { KNOWN_SETTINGS, assertKnownSettings } from './known-settings.ts';

/** Rows of the README's table: the kinds and the names that each is about. */
const rows = readFileSync('infra/README.md', 'utf8')
  .split('\n')
  .flatMap((line): [string[], string[]][] => {
    const [, kinds = '', names = ''] = /^\| ([a-z, -]+?) *\| ([^|]*)\|/.exec(line) ?? [];
    const found = [...names.matchAll(/`([a-z_]+)`/g)].map(([, name = '']) => name);
    return found.length > 0 ? [[kinds.split(', '), found]] : [];
  });

describe('the settings that a tier can have', () => {
  test.each(TIER_KINDS.map((kind) => [kind]))('are those that the README tells: %s', (kind) => {
    const told = rows.flatMap(([kinds, names]) => (kinds.includes(kind) ? names : []));
    // An edge is an nginx; its row says so in words.
    const words = kind === 'cdn' ? ['worker_connections'] : [];
    expect(new Set([...told, ...words])).toEqual(new Set(KNOWN_SETTINGS[kind]));
  });

  test('others are named, all at once, with what was meant', () => {
    const tier = { id: 'app', kind: 'express' as const };
    expect(() => assertKnownSettings(tier, ['stampede', 'stampde', 'db_pool'])).toThrow(
      'no setting `stampde`, `db_pool`',
    );
    expect(() => assertKnownSettings(tier, ['stampede'])).not.toThrow();
    expect(() => assertKnownSettings({ id: 'broker', kind: 'rabbitmq' }, ['x'])).toThrow('(rabbitmq) has no setting');
  });
});
