import type { Stack } from '../../../infra/backend.ts';
import type { Effect } from '../../../model/consistency/compare-effects.ts';

const ANSWER_MS = 2_000;

/**
 * What third parties have done, against what they were to do; both since they were started, with the stack. Empty without any.
 * Rejects when they do not answer.
 */
export async function thirdPartyEffects(stack: Stack, asked: Readonly<Record<string, number>>): Promise<Effect[]> {
  const parties = stack.processes.filter(({ role }) => role === 'third-parties');
  if (parties.length === 0) return [];
  const done = new Map<string, number>();
  for (const { port } of parties) {
    const response = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: AbortSignal.timeout(ANSWER_MS) });
    for (const [what, count] of parseEffects(await response.text())) done.set(what, (done.get(what) ?? 0) + count);
  }
  return Object.entries(asked).map(([what, expected]) => ({
    what,
    of: 'all orders',
    expected,
    found: done.get(what) ?? 0,
  }));
}

/** `third_party_effects_total{what="email/messages"} 7`, by what they were asked for. */
export function parseEffects(text: string): [string, number][] {
  const pattern = /^third_party_effects_total\{what="([^"]+)"\} (\d+)$/gm;
  return [...text.matchAll(pattern)].map(([, what = '', count]) => [what, Number(count)]);
}
