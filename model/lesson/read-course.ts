import { Source } from '../document/source.ts';
import { readCount } from '../plan/read-scalars.ts';

/** The head of a course, from its `course.yaml`. */
export interface CourseHead {
  readonly name: string;
  readonly title: string;
  /** Where it stands among the courses; those without one come last, by name. */
  readonly place: number | null;
}

/**
 * Reads a course. `folder` is the one that it lies in, and has its name.
 * @throws InvalidInput with every problem of the file, in file order.
 */
export function readCourse(path: string, text: string, folder: string): CourseHead {
  const source = new Source(path, text, 'LESSON');
  source.throwIfInvalid();
  const fields = source.fields(source.root, 'a course', ['course', 'title', 'place'], ['course', 'title']);
  const name = fields['course'] && source.text_of(fields['course'], '`course`');
  const title = fields['title'] && source.text_of(fields['title'], '`title`');
  const place = readCount(source, fields['place'], '`place`') ?? null;
  if (name !== undefined && name !== folder) {
    const help = `write \`${folder}\`, or rename the folder`;
    source.report('UNKNOWN_NAME', fields['course'], 'a course is called as its folder is', { help });
  }
  source.throwIfInvalid();
  return { name: folder, title: title ?? '', place };
}
