import { isTime } from '../answer/asked-for.ts';
import { Source } from '../document/source.ts';
import type { Entry, Node } from '../document/source.ts';
import { NOTHING_MEASURED } from '../drill/nothing-measured.ts';
import { readText, readTitle } from '../lesson/fill-text.ts';
import type { LessonContext } from '../lesson/lesson-context.ts';
import { lessonValues } from '../lesson/lesson-values.ts';
import { readFigure } from '../lesson/read-figure.ts';
import type { Plan } from '../plan/plan.ts';
import type { Whiteboard, WhiteboardBox } from './whiteboard.ts';

const KEYS = ['whiteboard', 'plan', 'boxes'];
const BOX_KEYS = ['title', 'time', 'points', 'say', 'because'];

/**
 * Reads what to draw first: boxes in their order, whose times are quantities of the plan.
 * @throws InvalidInput with every problem of the file, in file order.
 */
export function readWhiteboard(path: string, text: string, plan: Plan): Whiteboard {
  const source = new Source(path, text, 'LESSON');
  source.throwIfInvalid();
  const fields = source.fields(source.root, 'a whiteboard', KEYS, KEYS);
  const context = { source, plan, values: lessonValues(plan, NOTHING_MEASURED), lessons: [] };
  const title = readTitle(context, fields['whiteboard'], '`whiteboard`') ?? '';
  const entries = fields['boxes'] === undefined ? [] : source.entries(fields['boxes'], '`boxes`');
  const boxes = entries.flatMap((entry) => readBox(context, entry) ?? []);
  source.throwIfInvalid();
  return { title, boxes };
}

function readBox(context: LessonContext, { key, value }: Entry): WhiteboardBox | undefined {
  const { source } = context;
  const fields = source.fields(value, `box \`${key}\``, BOX_KEYS, ['title', 'points', 'say', 'because']);
  const title = readTitle(context, fields['title'], '`title`');
  const say = readText(context, fields['say'], '`say`');
  const because = readText(context, fields['because'], '`because`');
  const items = fields['points'] === undefined ? [] : source.items(fields['points'], '`points`');
  const points = items.flatMap((item) => readText(context, item, 'a point') ?? []);
  const allowed_s = fields['time'] === undefined ? null : readTime(context, fields['time']);
  if (!title || !say || !because || allowed_s === undefined) return undefined;
  return { id: key, title, allowed_s, points, say, because };
}

/** In seconds. */
function readTime(context: LessonContext, node: Node): number | undefined {
  const figure = readFigure(context, node, '`time`');
  if (!figure) return undefined;
  const { dimension } = figure;
  if (isTime({ dimension, unit: 's', units: context.values.units })) return figure.value;
  return context.source.report('DIMENSION', node, 'this is no time', { help: 'name a time of the plan' });
}
