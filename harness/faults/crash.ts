import { isAlive } from '../../infra/local/identity.ts';
import { killIfSame } from '../../infra/local/signal.ts';
import type { PreparedFault, PrepareFault } from './prepared-fault.ts';
import { assertWell, processesHit } from './processes-hit.ts';

/** SIGKILL; the same processes are started again afterwards, but for those that something else starts. */
export const crash: PrepareFault = async (fault, site): Promise<PreparedFault> => {
  const { processes, shaken } = await processesHit(fault, site);
  const ids = processes.map(({ id }) => id);
  // What a supervisor starts comes back with it, or by itself.
  const own = processes.filter(({ role, id }) => role !== 'postgres' || !shakenBySupervisor(id, site));
  const recipes = site.backend.recipes(
    site.stack.name,
    own.map(({ id }) => id),
  );
  return {
    targets: ids,
    shaken,
    remedies: [{ kind: 'start', recipes }],
    inject: async () => processes.forEach(killIfSame),
    effect: async () => {
      const alive = processes.find(isAlive);
      if (alive) throw new Error(`${alive.id} (pid ${alive.pid}) runs on`);
      return `${processes.map(({ id, pid }) => `${id} (pid ${pid})`).join(', ')} ${ids.length === 1 ? 'is' : 'are'} gone`;
    },
    whole: () => assertWell(ids, site),
  };
};

function shakenBySupervisor(id: string, { backend, stack }: Parameters<PrepareFault>[1]): boolean {
  return backend.processes(stack.name).some((process) => process.id === `${id}-patroni`);
}
