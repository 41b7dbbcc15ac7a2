import type { ObservedWrites } from '../observation/observation.ts';

/** What the client knows of a write: done, not done, or neither. */
export type Knowledge = 'acknowledged' | 'failed' | 'indeterminate';

export interface SentWrite {
  readonly id: string;
  readonly knowledge: Knowledge;
}

/** What was read afterwards. */
export interface FoundWrites {
  /** Id to how often it is there; what is not in it is not there. */
  readonly copies: ReadonlyMap<string, number>;
  /** Ids of copies that nobody sent, as far as they can be told from those of others. */
  readonly foreign: readonly string[];
  /** False where not everything could be read: then nothing that is absent can be called lost. */
  readonly complete: boolean;
}

/** Ids of each kind that are named. */
const EXAMPLES_MAX = 5;

/**
 * Holds the writes that were sent against those that are there. Lost: acknowledged but absent. Recovered: indeterminate but present. Unexpected:
 * failed but present, or sent by nobody. Duplicated: there more than once. Unread: acknowledged, not seen, and not everything could be read.
 *
 * An id that was sent more than once counts once, with the most that is known of it.
 */
export function compareWrites(sent: readonly SentWrite[], found: FoundWrites): ObservedWrites {
  const byId = strongest(sent);
  const idsOf = (knowledge: Knowledge): string[] =>
    byId.filter((each) => each.knowledge === knowledge).map(({ id }) => id);
  const [acknowledged, failed, indeterminate] = [idsOf('acknowledged'), idsOf('failed'), idsOf('indeterminate')];
  const isThere = (id: string): boolean => (found.copies.get(id) ?? 0) > 0;
  const absent = acknowledged.filter((id) => !isThere(id));
  const kinds = {
    lost: found.complete ? absent : [],
    recovered: indeterminate.filter(isThere),
    unexpected: [...failed.filter(isThere), ...found.foreign],
    duplicated: [...found.copies].filter(([, copies]) => copies > 1).map(([id]) => id),
    unread: found.complete ? [] : absent,
  };
  return {
    acknowledged: acknowledged.length,
    failed: failed.length,
    indeterminate: indeterminate.length,
    lost: kinds.lost.length,
    recovered: kinds.recovered.length,
    unexpected: kinds.unexpected.length,
    duplicated: kinds.duplicated.length,
    unread: kinds.unread.length,
    examples: examplesOf(kinds),
  };
}

const STRENGTH = { failed: 0, indeterminate: 1, acknowledged: 2 } as const satisfies Record<Knowledge, number>;

function strongest(sent: readonly SentWrite[]): SentWrite[] {
  const byId = new Map<string, SentWrite>();
  for (const write of sent) {
    const before = byId.get(write.id);
    if (!before || STRENGTH[write.knowledge] > STRENGTH[before.knowledge]) byId.set(write.id, write);
  }
  return [...byId.values()];
}

/** A few ids of each kind that there is. */
export function examplesOf(kinds: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> {
  const some = Object.entries(kinds).filter(([, ids]) => ids.length > 0);
  return Object.fromEntries(some.map(([kind, ids]) => [kind, ids.slice(0, EXAMPLES_MAX)]));
}
