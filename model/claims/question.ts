import type { Claim, MeasuredAt, MeasuredBy, Statement } from '../plan/plan.ts';

/** A claim as a reader would ask for it: as the plan phrases it, else from what it is held against. Ends with a question mark. */
export function questionOf({ asks, section, says, computed, measured, settledBy }: Claim): string {
  if (asks !== undefined) return asks;
  if (measured) return questionOfRun(says, measured);
  if (computed) return `does ${computed.formula} come to ${says.text}?`;
  if (settledBy !== undefined) return `does ${settledBy} show ${says.text}?`;
  return `is it ${says.text}, as “${section}” has it?`;
}

function questionOfRun(says: Statement, by: MeasuredBy): string {
  const { metricText, scenario, step, phase, versus } = by;
  const where = `in ${scenario}${phase === undefined ? '' : ` (${phase})`} at step ${step}`;
  if (!versus) return `is ${metricText} ${sizeOf(says)} ${where}?`;
  const here = `${metricText} ${where}`;
  const there = otherText(by, versus);
  return versus.as === 'ratio'
    ? `does ${here}, over ${there}, come to ${says.text}?`
    : `is ${here} less by ${says.text} than ${there}?`;
}

/** What differs in what is compared. */
function otherText(here: MeasuredAt, there: MeasuredAt): string {
  return [
    there.metricText === here.metricText ? 'that' : there.metricText,
    ...(there.scenario === here.scenario ? [] : [`in ${there.scenario}`]),
    ...(there.phase === here.phase || there.phase === undefined ? [] : [`in phase ${there.phase}`]),
    ...(there.step === here.step ? [] : [`at step ${there.step}`]),
  ].join(' ');
}

function sizeOf({ bound, text }: Statement): string {
  if (bound === 'between') return `within ${text}`;
  return bound === 'equal' && !text.startsWith('~') ? `= ${text}` : text;
}
