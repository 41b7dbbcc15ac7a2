import type { Probe, ProbeSite } from '../instruments.ts';
import { Caller } from './http/caller.ts';
import { ERRANDS, PARTIES, urlOfParty } from './third-parties/parties.ts';
import type { Party } from './third-parties/parties.ts';

/** Enough for a window of a second. */
const CONNECTIONS = 64;
/** What each party is known to take in its window. */
const CALLS: Readonly<Record<Party, number>> = { payment: 100, email: 300, shipping: 60, accounting: 200 };
const BEYOND = 20;

/** Calls each third party more often than it likes, past the workers, and counts what it takes before it says so. */
export const thirdPartyLimits: Probe = {
  name: 'third-party-limits',
  title: 'how many calls each third party takes before it refuses one',
  classes: PARTIES.map((party) => `call.${party}`),
  counters: PARTIES.map((party) => `limit.${party}`),
  parameters: {},
  async run(site) {
    const counters: Record<string, number> = {};
    for (const party of PARTIES) counters[`limit.${party}`] = await taken(site, party);
    return { counters };
  },
};

/** All at once: they have to fit into a window of a second. Refused ones do not count, so what is taken in all is the limit. */
async function taken(site: ProbeSite, party: Party): Promise<number> {
  const caller = new Caller(urlOfParty(site, party), CONNECTIONS, site.recorder);
  const run = `probe-${Date.now().toString(36)}`;
  try {
    const answers = await Promise.all(
      Array.from({ length: CALLS[party] + BEYOND }, (_, index) =>
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
