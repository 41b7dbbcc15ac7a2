import { randomInt } from 'node:crypto';
import type { Probe, ProbeSite } from '../instruments.ts';
import { RunError } from '../run-error.ts';
import { readFeed } from './feed.ts';
import { Caller } from './http/caller.ts';
import type { Call } from './http/caller.ts';

const CONNECTIONS = 8;
/** Beyond what a limit lets through, to see that it ends. */
const BEYOND = 20;
const REFUSED = 429;
const LIMITS = ['login', 'search', 'user', 'address'] as const;

interface Trial {
  readonly limit: (typeof LIMITS)[number];
  /** More than the limit is known to let through. */
  readonly calls: number;
  readonly window_s: number;
  readonly call: Call;
}

/**
 * Asks faster than callers may, once for each limit, and counts what is let through before the window is over. Every trial comes from an address of its
 * own, as the balancer would report it: the requests go past the balancer to the first instance.
 */
export const rateLimits: Probe = {
  name: 'rate-limits',
  title: 'how many requests are let through before callers are refused',
  classes: ['ask.login', 'ask.search', 'ask.user', 'ask.address'],
  counters: LIMITS.flatMap((limit) => [`limit.${limit}`, `limit.${limit}_per_s`]),
  parameters: {
    address: { kind: 'count', otherwise: 2_000, about: 'requests of one address that should be let through' },
  },
  async run(site) {
    const app = site.stack.processes.find(({ tier, role }) => tier === 'app' || role === 'app');
    if (app === undefined)
      throw new RunError(`step ${site.stack.step} has no tier \`app\``, 'choose a step that has it');
    const caller = new Caller(`http://127.0.0.1:${app.port}`, CONNECTIONS, site.recorder);
    try {
      const counters: Record<string, number> = {};
      for (const trial of await trialsOf(site)) {
        const calls = await letThrough(site, caller, trial);
        counters[`limit.${trial.limit}`] = calls;
        counters[`limit.${trial.limit}_per_s`] = calls / trial.window_s;
      }
      return { counters };
    } finally {
      await caller.close();
    }
  },
};

async function trialsOf(site: ProbeSite): Promise<Trial[]> {
  const users = await readFeed(site, 'users.tsv');
  const [searcher, buyer] = [users[randomInt(users.length)], users[randomInt(users.length)]];
  const as = (user: Record<string, string> | undefined) => ({ authorization: `Bearer ${user?.['token'] ?? ''}` });
  const credentials = { email: searcher?.['email'], password: searcher?.['password'] };
  return [
    { limit: 'login', calls: 5, window_s: 60, call: { method: 'POST', path: '/api/v1/auth/login', body: credentials } },
    { limit: 'search', calls: 100, window_s: 60, call: { path: '/api/v1/search?q=red', headers: as(searcher) } },
    { limit: 'user', calls: 1_000, window_s: 60, call: { path: '/api/v1/products/1', headers: as(buyer) } },
    {
      limit: 'address',
      calls: Number(site.parameters['address']),
      window_s: 300,
      call: { path: '/api/v1/products/1' },
    },
  ];
}

async function letThrough({ signal }: ProbeSite, caller: Caller, { limit, calls, call }: Trial): Promise<number> {
  const headers = { ...call.headers, 'x-forwarded-for': someAddress() };
  let left = calls + BEYOND;
  let through = 0;
  const lane = async (): Promise<void> => {
    while (left-- > 0 && !signal.aborted) {
      const answer = await caller.ask(`ask.${limit}`, { ...call, headers, accept: [REFUSED] });
      if (answer !== null && answer.status !== REFUSED) through += 1;
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  return through;
}

/** One that no run before has used up (RFC 1918). */
function someAddress(): string {
  return `10.${randomInt(256)}.${randomInt(256)}.${1 + randomInt(254)}`;
}
