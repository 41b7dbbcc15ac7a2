import { displayUnit } from '../../model/estimate/display-unit.ts';
import { namesIn, placesOfNames } from '../../model/formula/evaluate.ts';
import { FUNCTIONS } from '../../model/formula/functions.ts';
import type { Expression } from '../../model/formula/parse.ts';
import { showFigure } from '../../model/lesson/show-figure.ts';
import { Values } from '../../model/plan/compute.ts';
import type { Plan, Quantity } from '../../model/plan/plan.ts';
import type { TreeBlock } from '../document.ts';

/** How many times inputs of inputs are followed; beyond that a value stands for itself. */
const DEPTH = 2;
/** Lines that are still read; where there would be more, only direct inputs are derived. */
const LINES_MAX = 24;
/** Columns that an equation may take on one line, branches included. */
const LINE = 76;
const INDENT = '  ';
/** What everybody knows. */
const PLAIN_FUNCTIONS: readonly string[] = ['ceil', 'floor', 'min', 'max', 'sqrt'];

/**
 * Derivations as arithmetic on paper: `a = b + c = 9,600 query/s + 1,389 query/s = 10,989 query/s`, what goes in derived below, each
 * quantity once; assumptions with where they come from; then what the functions in them compute. `depth` says how many times inputs of
 * inputs are followed, as many as stay readable when absent. Names that the plan has not are left out.
 */
export function arithmeticBlock(plan: Plan, quantities: readonly string[], depth?: number): TreeBlock {
  const block = derivation(plan, quantities, depth ?? DEPTH);
  const lines = block.lines.reduce((sum, { text }) => sum + text.split('\n').length, 0);
  return depth === undefined && lines > LINES_MAX ? derivation(plan, quantities, 1) : block;
}

function derivation(plan: Plan, quantities: readonly string[], depth: number): TreeBlock {
  const values = new Values(plan.quantities);
  const steps = stepsOf(plan, quantities, depth);
  const lines = steps.map(({ quantity, level }) => {
    const lead = INDENT.repeat(level);
    return { lead, under: `${lead}${INDENT}`, text: broken(equation(quantity, plan, values), lead.length) };
  });
  const functions = functionsIn(steps.map(({ quantity }) => quantity));
  const data = steps.map(({ quantity: { id, formula, kind }, level }) => ({
    depth: level,
    id,
    value: values.of(id),
    formula: kind === 'derived' ? formula : null,
  }));
  return { kind: 'tree', name: 'arithmetic', lines: [...lines, ...functions.map(functionLine)], data };
}

interface Step {
  readonly quantity: Quantity;
  readonly level: number;
}

function stepsOf(plan: Plan, wanted: readonly string[], depth: number): Step[] {
  const told = new Set<string>();
  const visit = (id: string, level: number): Step[] => {
    const quantity = plan.quantities.get(id);
    // What is asked for has its own place, whatever else it goes into.
    if (!quantity || told.has(id) || (level > 0 && wanted.includes(id))) return [];
    told.add(id);
    const inputs = quantity.kind === 'derived' && level < depth ? namesIn(quantity.expression) : [];
    return [{ quantity, level }, ...inputs.flatMap(({ name }) => visit(name, level + 1))];
  };
  return wanted.flatMap((id) => visit(id, 0));
}

/** The parts between the equals signs: name, formula, the formula with values, value. An assumption has name and value alone. */
function equation(quantity: Quantity, plan: Plan, values: Values): string[] {
  const { id, kind, formula, expression } = quantity;
  const value = valueText(quantity, values);
  if (kind === 'assumed') return [id, `${value} (assumed; ${quantity.source ?? "the plan's own"})`];
  const filled = withValues(formula, expression, (name) => {
    const named = plan.quantities.get(name);
    return named ? valueText(named, values) : name;
  });
  const parts = [asWritten(formula), asWritten(filled), value];
  return [id, ...parts.filter((part, index) => part !== parts[index - 1])];
}

function valueText(quantity: Quantity, values: Values): string {
  return showFigure(values.of(quantity.id), quantity.dimension, displayUnit(quantity));
}

/** A formula with every name replaced by what it stands for. */
function withValues(formula: string, expression: Expression, valueOf: (name: string) => string): string {
  let filled = '';
  let end = 0;
  for (const { name, offset, length } of placesOfNames(expression)) {
    const value = valueOf(name);
    filled += formula.slice(end, offset) + (value.startsWith('-') ? `(${value})` : value);
    end = offset + length;
  }
  return filled + formula.slice(end);
}

function asWritten(formula: string): string {
  return formula.replaceAll(/\s+/g, ' ').replaceAll(' * ', ' × ').trim();
}

/** On one line where there is room, else on a second what follows from the formula, else a line for each equals sign. */
function broken([id = '', ...parts]: readonly string[], indent: number): string {
  const whole = [id, ...parts].join(' = ');
  if (indent + whole.length <= LINE) return whole;
  const [first = '', ...others] = parts;
  if (others.length === 0) return whole;
  const second = `= ${others.join(' = ')}`;
  const below = indent + INDENT.length + second.length <= LINE ? [second] : others.map((part) => `= ${part}`);
  return [`${id} = ${first}`, ...below].join('\n');
}

/** Functions that the shown formulas call, each once. */
function functionsIn(quantities: readonly Quantity[]): string[] {
  const called = quantities.flatMap(({ kind, expression }) => (kind === 'derived' ? callsIn(expression) : []));
  return [...new Set(called)].filter((name) => !PLAIN_FUNCTIONS.includes(name));
}

function callsIn(expression: Expression): string[] {
  switch (expression.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'negate':
      return callsIn(expression.operand);
    case 'binary':
      return [...callsIn(expression.left), ...callsIn(expression.right)];
    case 'call':
      return [expression.callee, ...expression.args.flatMap(callsIn)];
  }
}

function functionLine(name: string): TreeBlock['lines'][number] {
  const called = FUNCTIONS.get(name);
  const parameters = called?.parameters.join(', ') ?? '';
  return { lead: '', under: INDENT, text: `${name}(${parameters}): ${called?.formula ?? ''}` };
}
