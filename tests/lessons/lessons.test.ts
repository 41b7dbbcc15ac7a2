import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { drawingMistakes } from '../../api/input-error.ts';
import { loadLesson, loadMeasurements, shippedCourses } from '../../api/lessons.ts';
import { loadPlan, shippedPlans } from '../../api/files.ts';
import { baseUnitSymbol } from '../../model/units/dimension.ts';
import { shopPlan } from '../cli/shop-plan.ts';
import { wordsOf } from '../docs/command-lines.ts';
import { headingAnchors } from '../docs/heading-anchors.ts';

const courses = shippedCourses();
const heads = courses.flatMap(({ lessons }) => lessons);
/** Each read once; what is wrong with one is said by its own test. */
const read = new Map(
  await Promise.all(
    heads.map(
      async ({ id }) =>
        [id, await drawingMistakes(() => loadLesson(id)).catch((error: unknown) => ({ error }))] as const,
    ),
  ),
);
const lessons = [...read.values()].flatMap((each) => ('lesson' in each ? each.lesson : []));

describe('every lesson', () => {
  it.each(heads)('$id reads: its numbers are those of the model or were measured, and its goals come out', (head) => {
    const found = read.get(head.id);
    if (!found || 'error' in found) throw found?.error;
    expect(found.lesson).toMatchObject(head);
    expect(found.lesson.plan).toBe(found.plan.name);
  });

  it('is one of a course without gaps', () => {
    for (const { lessons } of courses) {
      expect(lessons.map(({ number }) => number)).toEqual(lessons.map((_lesson, index) => index + 1));
    }
  });

  const links = [...new Set(lessons.flatMap((lesson) => lesson.links))];
  it.for(links)('leads somewhere: %s', (link) => {
    const [file = '', anchor] = link.split('#');
    expect(existsSync(file)).toBe(true);
    if (anchor !== undefined) expect(headingAnchors(readFileSync(file, 'utf8'))).toContain(anchor);
  });

  const commands = [...new Set(lessons.flatMap((lesson) => lesson.commands))];
  it.for(commands)('has a command that works: shop-plan %s', async (command) => {
    const { code, stderr } = await shopPlan(wordsOf(command));
    // What it says of itself is in the failure.
    expect({ code, says: code === 0 ? '' : stderr }).toEqual({ code: 0, says: '' });
  });
});

describe('the stored measurements', () => {
  it('say when and on what they were made', () => {
    const { date, machine } = loadMeasurements();
    expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(machine).not.toBe('');
  });

  it('hold one reading of a kind for a claim that a plan makes, in its unit', async () => {
    const { readings } = loadMeasurements();
    const keys = readings.map(({ plan, claim, by }) => `${plan} ${claim} ${by}`);
    expect(new Set(keys).size).toBe(keys.length);
    const plans = await Promise.all(shippedPlans().map((name) => loadPlan(name)));
    const units = new Map(
      plans.flatMap(({ name, claims }) =>
        claims.map(({ id, says }) => [`${name} ${id}`, baseUnitSymbol(says.literal.dimension)] as const),
      ),
    );
    for (const { plan, claim, unit, value } of readings) {
      expect({ claim, unit }).toEqual({ claim, unit: units.get(`${plan} ${claim}`) });
      expect(value).toBeTypeOf('number');
    }
  });
});
