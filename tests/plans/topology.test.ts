import { describe, expect, it } from 'vitest';
import { loadPlan, shippedPlans } from '../../api/files.ts';
import { estimate } from '../../model/estimate/estimate.ts';
import { documentText } from '../../reports/document-text.ts';
import { arithmeticBlock } from '../../reports/lesson/arithmetic.ts';
import { readFlowchart } from '../../reports/testing/flowchart.ts';
import { PLAIN_80 } from '../../reports/style.ts';
import { textWidth } from '../../reports/text-width.ts';
import { pictureOf } from '../../reports/topology/step-picture.ts';
import { topologyDrawing } from '../../reports/topology/topology-drawing.ts';
import { topologyMermaid } from '../../reports/topology/topology-mermaid.ts';
import { topologySentences } from '../../reports/topology/topology-sentences.ts';

const plans = await Promise.all(shippedPlans().map((name) => loadPlan(name, { claims: false })));
const pictures = plans.flatMap((plan) => {
  const figures = estimate(plan);
  return plan.steps.flatMap(({ step }) => {
    const picture = pictureOf(plan, figures, step, plan.steps.find((each) => each.step === step - 1)?.step ?? null);
    return picture ? [{ name: `${plan.name} ${step}`, picture }] : [];
  });
});

describe.each(pictures)('step $name', ({ picture }) => {
  const ids = picture.tiers.map(({ id }) => id);

  it('is drawn with every tier once, in columns, within 80', () => {
    const lines = topologyDrawing(picture).split('\n');
    for (const id of ids)
      expect(lines.filter((line) => / in use/.test(line) && line.includes(`─ ${id} `))).toHaveLength(1);
    expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(80);
    expect(lines.join('\n').match(/ (?:breaks|next to break)\b/g)).toHaveLength(1);
  });

  it('is told with every tier once', () => {
    const sentences = topologySentences(picture);
    for (const id of ids) expect(sentences.filter((sentence) => sentence.startsWith(`${id}: `))).toHaveLength(1);
  });

  it('is a flowchart with every tier and every link once', () => {
    const { nodes, edges } = readFlowchart(topologyMermaid(picture));
    expect(nodes.size).toBe(ids.length + 1);
    const pairs = edges.map(({ from, to }) => `${from} ${to}`);
    expect(new Set(pairs).size).toBe(pairs.length);
    expect(edges).toHaveLength(picture.links.length + picture.doors.length);
  });
});

describe.each(plans)('the arithmetic of $name', (plan) => {
  it('writes every derivation within 80 columns', () => {
    const derived = [...plan.quantities.values()].filter(({ kind }) => kind === 'derived');
    const texts = derived.map(({ id }) => documentText([arithmeticBlock(plan, [id])], PLAIN_80));
    expect(texts.filter((text) => /undefined|NaN|\[object/.test(text))).toEqual([]);
    expect(texts.filter((text) => text.split('\n').some((line) => textWidth(line) > 80))).toEqual([]);
  });
});
