export const PROGRESS_FORMAT_VERSION = 1;

/** How far somebody has come: what the walkthrough keeps between two calls. */
export interface Progress {
  readonly formatVersion: typeof PROGRESS_FORMAT_VERSION;
  readonly kind: 'progress';
  /** Where the walk goes on; null before the first lesson. */
  readonly at: { readonly lesson: string; readonly page: string } | null;
  /** By lesson id. */
  readonly lessons: Readonly<Record<string, LessonProgress>>;
  /** Answers to decision trees by lesson id, each by question. */
  readonly decisions: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** Oldest first. */
  readonly drills: readonly DrillRecord[];
  readonly whiteboards: readonly WhiteboardRecord[];
}

export interface LessonProgress {
  /** Ids of the pages that were opened. */
  readonly seen: readonly string[];
  /** True when the last page was reached. */
  readonly done: boolean;
}

export interface DrillRecord {
  /** ISO time at which it began. */
  readonly at: string;
  readonly seed: number;
  readonly answers: readonly DrillAnswer[];
}

export interface DrillAnswer {
  readonly question: string;
  readonly topic: string;
  /** Which variation it was; the same text is not asked twice. */
  readonly variant: string;
  /** In base units; null where it was skipped. */
  readonly given: number | null;
  readonly truth: number;
  readonly right: boolean;
}

export interface WhiteboardRecord {
  readonly at: string;
  /** Ids of the boxes in the order that was given. */
  readonly order: readonly string[];
  /** By box: seconds that were taken. */
  readonly taken_s: Readonly<Record<string, number>>;
  readonly right: boolean;
}
