import { loadDrills } from '../../api/drills.ts';
import { scoreOf } from '../../model/drill/score.ts';
import { scoreDocument } from '../../reports/drill/score-document.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { show } from '../show.ts';
import { namesOf } from './drill.ts';
import type { KeptProgress } from './drill-site.ts';

export interface ScoreOptions {
  readonly progress: KeptProgress;
  /** Sentences in place of tables. */
  readonly plain?: boolean;
}

/** `shop-plan walk --score`: how the drills came out over time, and what to practise. */
export async function scoreCommand(
  { terminal }: Context,
  { progress, plain = false }: ScoreOptions,
): Promise<ExitCode> {
  const names = (await loadDrills()).map(namesOf);
  const score = scoreOf(
    progress.progress.drills,
    names.map(({ name }) => name),
  );
  await show(terminal, { data: () => score, document: () => scoreDocument(score, names, { plain }) });
  return EXIT.ok;
}
