import type { StackProcess } from '../../infra/backend.ts';
import type { PreparedFault, PrepareFault } from './prepared-fault.ts';
import { signalTree, treeOf } from './process-tree.ts';
import { assertWell, processesHit } from './processes-hit.ts';

/** SIGSTOP to processes and all their children: they are there, hold their connections, and do nothing. */
export const hang: PrepareFault = async (fault, site): Promise<PreparedFault> => {
  const { processes, shaken } = await processesHit(fault, site);
  const ids = processes.map(({ id }) => id);
  return {
    targets: ids,
    shaken,
    remedies: [{ kind: 'continue', roots: processes }],
    inject: async () => processes.forEach((process) => signalTree(process, 'SIGSTOP')),
    effect: async () => {
      for (const process of processes) assertStopped(process);
      return `${processes.map(({ id, pid }) => `${id} (pid ${pid})`).join(', ')} ${ids.length === 1 ? 'is' : 'are'} stopped`;
    },
    whole: () => assertWell(ids, site),
  };
};

function assertStopped(process: StackProcess): void {
  const members = treeOf(process);
  if (members.length === 0) throw new Error(`${process.id} is gone`);
  const running = members.filter(({ state }) => state !== 'T');
  if (running.length > 0) throw new Error(`${running.length} of ${members.length} processes of ${process.id} run on`);
}
