import type { ProcessIdentity } from '../../infra/local/identity.ts';
import { membersOf, readProcessTable } from '../../infra/local/process-facts.ts';
import type { ProcStat } from '../../infra/local/proc.ts';
import { signalIfSame } from '../../infra/local/signal.ts';

/** A process with all its children, itself first; none when it is gone or its pid is somebody else's by now. */
export function treeOf({ pid, start_ticks }: ProcessIdentity): ProcStat[] {
  const members = membersOf(pid, readProcessTable());
  return members[0]?.start_ticks === start_ticks ? members : [];
}

/** The root first: stopped, it makes no further children. */
export function signalTree(root: ProcessIdentity, signal: 'SIGSTOP' | 'SIGCONT'): void {
  for (const member of treeOf(root)) signalIfSame(member, signal);
}
