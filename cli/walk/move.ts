/** Where a learner is. */
export interface Place {
  readonly lesson: string;
  /** From 0 on. */
  readonly page: number;
}

/** What lies around a place. */
export interface Around {
  /** Ids of all lessons, in order. */
  readonly lessons: readonly string[];
  /** How many pages the lesson of the place has. */
  readonly pages: number;
}

/** The place before or behind, within the lesson or at the beginning of the next; null where there is none. */
export function move(from: Place, direction: 'next' | 'back', { lessons, pages }: Around): Place | null {
  if (direction === 'back') return from.page > 0 ? { ...from, page: from.page - 1 } : null;
  if (from.page < pages - 1) return { ...from, page: from.page + 1 };
  const lesson = lessons[lessons.indexOf(from.lesson) + 1];
  return lesson === undefined || !lessons.includes(from.lesson) ? null : { lesson, page: 0 };
}
