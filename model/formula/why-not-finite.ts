import { evaluate, functionNamed } from './evaluate.ts';
import type { Expression, FormulaProblem } from './parse.ts';

/**
 * Why a formula has no finite value, at the innermost part that has none: a queue that can never keep up, a division by
 * zero, a number too large. Undefined when the value is finite, or when it already is not for one of the names.
 */
export function whyNotFinite(expression: Expression, valueOf: (name: string) => number): FormulaProblem | undefined {
  if (Number.isFinite(evaluate(expression, valueOf))) return undefined;
  if (expression.kind === 'name') return undefined;
  const parts = partsOf(expression);
  const culprits = parts.filter((part) => !Number.isFinite(evaluate(part, valueOf)));
  if (culprits.length > 0) {
    for (const part of culprits) {
      const problem = whyNotFinite(part, valueOf);
      if (problem) return problem;
    }
    return undefined;
  }
  return describe(expression, valueOf);
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'name':
      return [];
    case 'negate':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'call':
      return expression.args;
  }
}

function describe(expression: Expression, valueOf: (name: string) => number): FormulaProblem {
  const { offset, length } = expression;
  if (expression.kind === 'call') {
    const called = functionNamed(expression.callee);
    const refusal = called.refuses?.(expression.args.map((argument) => evaluate(argument, valueOf)));
    if (refusal) return { ...refusal, offset, length };
  }
  if (expression.kind === 'binary' && expression.operator === '/' && evaluate(expression.right, valueOf) === 0) {
    const { right } = expression;
    const help = 'give the divisor a value above 0';
    return { problem: 'NOT_FINITE', message: 'this divides by zero', help, offset: right.offset, length: right.length };
  }
  const help = 'check the sizes of what goes in';
  return { problem: 'NOT_FINITE', message: 'this has no finite value', help, offset, length };
}
