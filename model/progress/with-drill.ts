import type { DrillRecord, Progress, WhiteboardRecord } from './progress.ts';

/** Progress with a drill as far as it has come; the same drill, by its beginning and seed, is kept once. */
export function withDrill(progress: Progress, drill: DrillRecord): Progress {
  const others = progress.drills.filter(({ at, seed }) => at !== drill.at || seed !== drill.seed);
  return { ...progress, drills: [...others, drill] };
}

export function withWhiteboard(progress: Progress, whiteboard: WhiteboardRecord): Progress {
  const others = progress.whiteboards.filter(({ at }) => at !== whiteboard.at);
  return { ...progress, whiteboards: [...others, whiteboard] };
}
