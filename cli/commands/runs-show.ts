import { basename } from 'node:path';
import { RUNS_DIR, runFolder } from '../../harness/run-store.ts';
import { filesIn, storedRun } from '../../harness/store/stored-runs.ts';
import { referredTo } from '../../harness/store/references.ts';
import { keptRun, keptRunDocument } from '../../reports/kept-run-document.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { show } from '../show.ts';
import { listedRun, readStored } from '../stored-runs.ts';
import { UsageError } from '../../api/usage-error.ts';

/** `shop-plan runs show <run>` */
export async function runsShowCommand({ terminal }: Context, run: string): Promise<ExitCode> {
  const path = runFolder(run);
  const stored = await storedRun(path);
  if (stored === undefined) throw new UsageError(`there is no run \`${run}\``, 'runs are listed by `shop-plan runs`');
  const read = await readStored(stored);
  if ('problem' in read) throw new UsageError(`${run}/${read.problem}`, read.help);
  const needed = await referredTo(RUNS_DIR, [basename(path)]);
  const kept = keptRun(listedRun(stored, read, needed.get(stored.run)), read, await filesIn(path));
  await show(terminal, { data: () => kept, document: () => keptRunDocument(kept) });
  return EXIT.ok;
}
