import type { Criterion } from '../judge/criterion.ts';
import type { Decision } from '../decision/decision.ts';

/** Lessons about one system, in the order in which they are walked through. */
export interface Course {
  /** Name of its folder in lessons/, e.g. `amazon-shop`. */
  readonly name: string;
  readonly title: string;
  readonly lessons: readonly LessonHead[];
}

/** What a list of lessons shows, read without the plan. */
export interface LessonHead {
  /** Course and number, e.g. `amazon-shop/2`. */
  readonly id: string;
  readonly course: string;
  /** From 1 on within the course. */
  readonly number: number;
  readonly title: string;
  /** Path of its file from the root on. */
  readonly path: string;
}

/**
 * A lesson after reading: every number in its texts was computed from the plan or comes from a stored measurement. Texts
 * are paragraphs and `- ` lists with `code` in backticks, and nothing else of Markdown.
 */
export interface Lesson extends LessonHead {
  readonly plan: string;
  /** The architecture step that breaks; null for a lesson that begins with nothing. */
  readonly before: number | null;
  /** The architecture step that mends it; null for a lesson that decides instead of building. */
  readonly step: number | null;
  /** Asked before anything is shown, so that the learner thinks first. */
  readonly question: Question;
  readonly have: string;
  readonly breaks: string;
  /** Quantities whose derivation is shown below what breaks. */
  readonly arithmetic: readonly string[];
  readonly adds: string;
  readonly costs: string;
  /** Ids of claims that are shown with all their readings. */
  readonly measured: readonly string[];
  /** What the measurements mean; empty where the table speaks for itself. */
  readonly means: string;
  /** What to say in an interview. */
  readonly say: string;
  readonly tradeoffs: readonly string[];
  /** What an interviewer asks next. */
  readonly next: Question;
  readonly goals: readonly Goal[];
  readonly experiment: Experiment | null;
  readonly decision: Decision | null;
  /** Command lines that show more, without `shop-plan` in front; none of them needs a server. */
  readonly commands: readonly string[];
  /** Files of this project to read on, with an anchor where there is one: `docs/formulas.md#queues`. */
  readonly links: readonly string[];
}

export interface Question {
  readonly asks: string;
  readonly hint: string;
  readonly answer: string;
  /** Where the answer is a number that can be guessed: its value in base units, and the unit to ask for. */
  readonly guess: { readonly value: number; readonly unit: string } | null;
}

/** What the step before fails and the step of the lesson meets; a file for which this does not come out so is refused. */
export interface Goal {
  readonly says: string;
  /** As they read: `48,000 query/s`, `9,600 query/s`, `<= 10,000 query/s`. */
  readonly before: string;
  readonly after: string;
  readonly limit: string;
}

/** A lesson's system broken and mended before the learner's eyes, in less than a minute. */
export interface Experiment {
  readonly title: string;
  /** What to look for. */
  readonly asks: string;
  readonly servers: Trial;
  readonly simulator: Trial;
}

/** Two runs that differ in one thing. The first fails the goals, the second meets them. */
export interface Trial {
  readonly before: Side;
  readonly after: Side;
  readonly goals: readonly TrialGoal[];
  /** Metrics that are shown side by side beside the goals. */
  readonly shows: readonly { readonly title: string; readonly metric: string }[];
}

/** A criterion, with what its metric is in plain words where a lesson says so: `Queries that one lost entry makes`. */
export interface TrialGoal extends Criterion {
  readonly title?: string;
}

export interface Side {
  readonly title: string;
  readonly scenario: string;
  readonly step: number;
  /** Settings of the plan, as `--set` takes them. */
  readonly set: readonly string[];
}
