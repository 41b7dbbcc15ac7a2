import { setTimeout as delay } from 'node:timers/promises';
import { readStat } from '../../infra/local/proc.ts';
import type { PreparedFault, PrepareFault } from './prepared-fault.ts';
import { assertWell, processesHit } from './processes-hit.ts';

const LOOKS = 40;
const BETWEEN_LOOKS_MS = 17;

/** Processes run a part of the time only; it is the healer that stops and continues them. */
export const slow: PrepareFault = async (fault, site): Promise<PreparedFault> => {
  const { processes, shaken } = await processesHit(fault, site);
  const ids = processes.map(({ id }) => id);
  return {
    targets: ids,
    shaken,
    remedies: [{ kind: 'pulse', roots: processes, factor: fault.factor }],
    inject: async () => undefined,
    effect: async () => {
      const stopped = await Promise.all(processes.map(({ pid }) => stoppedShare(pid)));
      const least = Math.min(...stopped);
      const said = `found stopped in ${Math.round(least * 100)} % of ${LOOKS} looks`;
      // Half of what is aimed at: looks are few, and a busy machine wakes nobody on time.
      if (least < (1 - 1 / fault.factor) / 2) throw new Error(said);
      return `${ids.join(', ')} ${said}`;
    },
    whole: () => assertWell(ids, site),
  };
};

async function stoppedShare(pid: number): Promise<number> {
  let stopped = 0;
  for (let look = 0; look < LOOKS; look += 1) {
    if (readStat(pid)?.state === 'T') stopped += 1;
    await delay(BETWEEN_LOOKS_MS);
  }
  return stopped / LOOKS;
}
