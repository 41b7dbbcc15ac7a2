/** What the path of a lesson's file says of it. */
export interface LessonPlace {
  /** Course and number, e.g. `amazon-shop/2`. */
  readonly id: string;
  readonly course: string;
  readonly number: number;
}

/** Reads `lessons/amazon-shop/2-cache.yaml`; undefined for a path of another form. */
export function lessonPlace(path: string): LessonPlace | undefined {
  const [, course, digits] = /(?:^|\/)([a-z0-9-]+)\/([1-9]\d*)-[a-z0-9-]+\.yaml$/.exec(path) ?? [];
  if (!course || !digits) return undefined;
  return { id: `${course}/${digits}`, course, number: Number(digits) };
}
