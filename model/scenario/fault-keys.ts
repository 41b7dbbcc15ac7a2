import type { Node } from '../document/source.ts';
import type { Fields, ScenarioContext } from './read-context.ts';
import type { FaultKind } from './scenario.ts';

export const FAULT_KINDS = [
  'crash',
  'hang',
  'slow',
  'errors',
  'partition',
  'latency',
  'flush',
  'fill',
  'bandwidth',
  'limit',
] as const satisfies readonly FaultKind[];

const OF_ALL = ['fault', 'tier', 'in', 'at'];
const OF_INSTANCES = ['instances', 'for', 'part', 'role', 'shard'];

/** What a kind of fault has to say beside what and where, and what it may say. */
const KEYS: Readonly<Record<FaultKind, { readonly needs: readonly string[]; readonly may: readonly string[] }>> = {
  crash: { needs: [], may: [...OF_INSTANCES, 'party'] },
  hang: { needs: [], may: [...OF_INSTANCES, 'party'] },
  slow: { needs: ['factor'], may: OF_INSTANCES },
  errors: { needs: ['share'], may: ['instances', 'for', 'party'] },
  partition: { needs: ['from'], may: ['instances', 'for'] },
  latency: { needs: ['by'], may: ['instances', 'for', 'from', 'party'] },
  flush: { needs: [], may: [] },
  fill: { needs: [], may: ['for'] },
  bandwidth: { needs: ['from', 'at_most'], may: ['for'] },
  limit: { needs: ['party', 'at_most'], may: ['for'] },
};

/** Everything that some fault may say. */
export const FAULT_KEYS: readonly string[] = [
  ...new Set([...OF_ALL, ...Object.values(KEYS).flatMap(({ needs, may }) => [...needs, ...may])]),
];

/** Reports what a kind of fault lacks, and what only others have. */
export function checkKeys({ source }: ScenarioContext, node: Node, fields: Fields, kind: FaultKind): void {
  const { needs, may } = KEYS[kind];
  for (const key of needs.filter((needed) => !fields[needed])) {
    source.report('MISSING_KEY', node, `\`${kind}\` needs \`${key}\``, { help: `add \`${key}: …\`` });
  }
  const known = [...OF_ALL, ...needs, ...may];
  for (const key of FAULT_KEYS.filter((each) => !known.includes(each))) {
    if (!fields[key]) continue;
    source.report('UNKNOWN_KEY', fields[key], `\`${kind}\` has no \`${key}\``, { help: 'leave it out' });
  }
}
