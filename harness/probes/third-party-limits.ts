import type { Probe, ProbeSite } from '../instruments.ts';
import { Caller } from './http/caller.ts';
import { ERRANDS, PARTIES, urlOfParty } from './third-parties/parties.ts';
import type { Party } from './third-parties/parties.ts';

/** Enough for a window of a second. */
const CONNECTIONS = 64;
/** What each party is known to take, and in which time. */
const KNOWN: Readonly<Record<Party, { readonly calls: number; readonly window_s: number }>> = {
  payment: { calls: 100, window_s: 1 },
  email: { calls: 300, window_s: 1 },
  shipping: { calls: 60, window_s: 60 },
  accounting: { calls: 200, window_s: 60 },
};
const BEYOND = 20;
const WARM_UP = 3 * CONNECTIONS;

/** Calls each third party more often than it likes, past the workers, and counts what it takes before it says so. */
export const thirdPartyLimits: Probe = {
  name: 'third-party-limits',
  title: 'how many calls each third party takes before it refuses one',
  classes: ['call.warm', ...PARTIES.map((party) => `call.${party}`)],
  counters: PARTIES.flatMap((party) => [`limit.${party}`, `limit.${party}_per_s`]),
  parameters: {},
  async run(site) {
    const counters: Record<string, number> = {};
    for (const party of PARTIES) {
      const calls = await taken(site, party);
      counters[`limit.${party}`] = calls;
      counters[`limit.${party}_per_s`] = calls / KNOWN[party].window_s;
    }
    return { counters };
  },
};

/**
 * All at once: they have to fit into a window of a second, for which connections are opened before. Refused ones do not count, so what is taken
 * in all is the limit.
 */
async function taken(site: ProbeSite, party: Party): Promise<number> {
  const caller = new Caller(urlOfParty(site, party), CONNECTIONS, site.recorder);
  const run = `probe-${Date.now().toString(36)}`;
  try {
    await Promise.all(Array.from({ length: WARM_UP }, () => caller.ask('call.warm', { path: '/health' })));
    const answers = await Promise.all(
      Array.from({ length: KNOWN[party].calls + BEYOND }, (_, index) =>
        caller.ask(`call.${party}`, {
          method: 'POST',
          path: `/${ERRANDS[party]}`,
          headers: { 'idempotency-key': `${run}-${index}` },
          body: { orderId: 0 },
          accept: [429],
        }),
      ),
    );
    return answers.filter((answer) => answer?.status === 200).length;
  } finally {
    await caller.close();
  }
}
