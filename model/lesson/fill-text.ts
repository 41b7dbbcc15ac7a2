import type { Node, Source } from '../document/source.ts';
import { bareNumbers, mentions } from './bare-numbers.ts';
import type { LessonContext } from './lesson-context.ts';
import { markupIn } from './markup.ts';
import { figureAt } from './read-figure.ts';
import { fillTemplate, readTemplate } from './template.ts';
import type { Template } from './template.ts';

/** Reads a text of a lesson and fills its places with what their formulas come to; undefined after what is wrong was reported. */
export function readText(context: LessonContext, node: Node, what: string): string | undefined {
  const { source } = context;
  const text = node === undefined ? undefined : source.text_of(node, what);
  if (text === undefined) return undefined;
  if (text.trim() === '') return source.report('TYPE', node, `${what} is empty`, { help: 'leave it out, or write it' });
  const template = readTemplate(text);
  const before = source.diagnostics.length;
  reportStrays(source, node, template);
  reportMarkup(source, node, template);
  // What half a brace was to hold is not known, and would be reported as numbers.
  if (template.strays.length === 0) reportNumbers(context, node, template.rest);
  const filled = fillTemplate(template, ({ offset, length }) => {
    const inside = { offset: offset + 1, length: length - 2 };
    return figureAt(context, node, text, inside)?.shown ?? '';
  });
  return source.diagnostics.length > before ? undefined : filled.trim();
}

/** A text without places, where nothing of the plan is known yet: titles. */
export function readTitle(context: LessonContext, node: Node, what: string): string | undefined {
  const text = node === undefined ? undefined : context.source.text_of(node, what);
  if (text === undefined) return undefined;
  reportNumbers(context, node, text);
  if (!/[{}]/.test(text)) return text;
  return context.source.report('TYPE', node, `${what} cannot have a formula in it`, { help: 'say it in words' });
}

/** Reports numbers that stand in a text by themselves, and steps and lessons that there are not. */
export function reportNumbers({ source, plan, lessons }: LessonContext, node: Node, text: string): void {
  for (const { text: number, offset } of bareNumbers(text)) {
    const within = { offset, length: number.length };
    source.report('BARE_NUMBER', node, `\`${number}\` stands here by itself`, {
      help: 'write a formula over the plan in braces, as in `{traffic.requests.peak}`',
      within,
    });
  }
  const known = { step: plan.steps.map(({ step }) => step), lesson: lessons };
  for (const { of, number, text: written, offset } of mentions(text)) {
    if (known[of].includes(number)) continue;
    const help = known[of].length === 0 ? `there are no ${of}s` : `${of}s: ${known[of].join(', ')}`;
    const message = `there is no ${of} ${number}`;
    source.report('UNKNOWN_NAME', node, message, { help, within: { offset, length: written.length } });
  }
}

function reportStrays(source: Source, node: Node, { strays }: Template): void {
  for (const offset of strays) {
    const help = 'write `{formula}`, or `{formula | unit}`';
    source.report('FORMULA', node, 'this brace has no other half', { help, within: { offset, length: 1 } });
  }
}

function reportMarkup(source: Source, node: Node, { rest }: Template): void {
  for (const { text, offset } of markupIn(rest)) {
    const help = 'a text has paragraphs, `- ` lists and code in backticks';
    const within = { offset, length: text.length };
    source.report('TYPE', node, `\`${text.trim()}\` is no part of a text`, { help, within });
  }
}
