import { RunError } from '../run-error.ts';
import { crash } from './crash.ts';
import { fill } from './fill.ts';
import { flush } from './flush.ts';
import { hang } from './hang.ts';
import { network } from './network.ts';
import type { PrepareFault } from './prepared-fault.ts';
import { slow } from './slow.ts';
import { tierOf } from './targets.ts';
import { thirdParty } from './third-party.ts';

/** @throws RunError when the stack has nobody that the fault could be done to. */
export const prepareFault: PrepareFault = async (fault, site) => {
  const { kind, tier, party } = fault;
  if (fault.from !== null) return await network(fault, site);
  if (party !== undefined) return await thirdParty(fault, site);
  switch (kind) {
    case 'crash':
      return await crash(fault, site);
    case 'hang':
      return await hang(fault, site);
    case 'slow':
      return await slow(fault, site);
    case 'flush':
      return await flush(fault, site);
    case 'fill':
      return await fill(fault, site);
    case 'errors':
    case 'latency':
    case 'limit':
      if (tierOf(tier, site.topology).kind === 'external') return await thirdParty(fault, site);
  }
  throw new RunError(`\`${kind}\` of \`${tier}\` cannot be brought about on live servers`);
};
