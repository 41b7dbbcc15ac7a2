import { isLiteralError, parseLiteral } from '../units/literal.ts';
import type { Literal } from '../units/literal.ts';
import type { UnitTable } from '../units/unit.ts';

/** A formula as a tree. Every part knows where in the text it stands, for carets. */
export type Expression = { readonly offset: number; readonly length: number } & (
  | { readonly kind: 'literal'; readonly literal: Literal; readonly text: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | { readonly kind: 'binary'; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'call'; readonly callee: string; readonly args: readonly Expression[] }
);
export type Operator = '+' | '-' | '*' | '/' | '^';

export interface FormulaProblem {
  readonly problem:
    'FORMULA' | 'UNIT' | 'DIMENSION' | 'UNKNOWN_NAME' | 'NEGATIVE' | 'RANGE' | 'UNSTABLE' | 'NOT_FINITE';
  readonly message: string;
  readonly help?: string;
  readonly offset: number;
  readonly length: number;
}

interface Token {
  readonly kind: 'literal' | 'name' | 'symbol' | 'end';
  readonly text: string;
  readonly offset: number;
}

// A unit follows its number directly or after one space, and holds no spaces itself: `5 KB/user` is one literal,
// `5 KB / users.daily` divides.
const LITERAL =
  /^\$?(?:\d{1,3}(?:,\d{3})+|\d[\d_]*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?:\s*(?:k|K|M|bn)(?![A-Za-z]))?(?:\s?(?:%|[A-Za-zµ$]+(?:[/*][A-Za-zµ]+)*)|(?:\/[A-Za-zµ]+)+)?/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*(?:\.[A-Za-z0-9_]+)*/;
const BINDING: Readonly<Record<string, number>> = { '+': 1, '-': 1, '*': 2, '/': 2, '^': 4 };

class Failure extends Error {
  readonly found: FormulaProblem;
  constructor(found: FormulaProblem) {
    super(found.message);
    this.found = found;
  }
}

/** Parses a formula, or returns the first thing that is wrong with it. Grammar: + - * / ^, names, calls, literals. */
export function parseFormula(text: string, units: UnitTable): Expression | FormulaProblem {
  try {
    return new Parser(text, units).parse();
  } catch (error) {
    if (error instanceof Failure) return error.found;
    throw error;
  }
}

export function isFormulaProblem(result: Expression | FormulaProblem): result is FormulaProblem {
  return 'problem' in result;
}

class Parser {
  readonly #text: string;
  readonly #units: UnitTable;
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(text: string, units: UnitTable) {
    this.#text = text;
    this.#units = units;
    this.#tokens = tokenise(text);
  }

  parse(): Expression {
    const expression = this.#expression(0);
    const rest = this.#peek();
    if (rest.kind !== 'end') this.#fail(rest, `unexpected \`${rest.text}\``, 'an operator is missing before it');
    return expression;
  }

  /** Precedence climbing; `^` binds to the right. */
  #expression(minimum: number): Expression {
    let left = this.#operand();
    for (;;) {
      const token = this.#peek();
      const binding = token.kind === 'symbol' ? BINDING[token.text] : undefined;
      if (binding === undefined || binding < minimum) return left;
      this.#at++;
      const right = this.#expression(token.text === '^' ? binding : binding + 1);
      const end = right.offset + right.length;
      const operator = token.text as Operator; // BINDING has exactly the operators as keys
      left = { kind: 'binary', operator, left, right, offset: left.offset, length: end - left.offset };
    }
  }

  #operand(): Expression {
    const token = this.#next();
    if (token.kind === 'literal') return this.#literal(token);
    if (token.kind === 'name') return this.#peek().text === '(' ? this.#call(token) : this.#name(token);
    if (token.text === '-') {
      const operand = this.#expression(3);
      return { kind: 'negate', operand, offset: token.offset, length: operand.offset + operand.length - token.offset };
    }
    if (token.text === '(') {
      const inner = this.#expression(0);
      this.#expect(')');
      return inner;
    }
    const what = token.kind === 'end' ? 'the formula ends too early' : `unexpected \`${token.text}\``;
    return this.#fail(token, what, 'a name, a number or `(` belongs here');
  }

  #name(token: Token): Expression {
    return { kind: 'name', name: token.text, offset: token.offset, length: token.text.length };
  }

  #literal(token: Token): Expression {
    const literal = parseLiteral(token.text, this.#units);
    if (isLiteralError(literal)) {
      throw new Failure({
        problem: literal.problem === 'unit' ? 'UNIT' : 'FORMULA',
        message: literal.message,
        ...(literal.help ? { help: literal.help } : {}),
        offset: token.offset + literal.offset,
        length: literal.length,
      });
    }
    return { kind: 'literal', literal, text: token.text, offset: token.offset, length: token.text.length };
  }

  #call(token: Token): Expression {
    this.#expect('(');
    const args: Expression[] = [];
    if (this.#peek().text !== ')') {
      do args.push(this.#expression(0));
      while (this.#take(','));
    }
    const close = this.#expect(')');
    const length = close.offset + 1 - token.offset;
    return { kind: 'call', callee: token.text, args, offset: token.offset, length };
  }

  #peek(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', offset: this.#text.length };
  }

  #next(): Token {
    const token = this.#peek();
    this.#at++;
    return token;
  }

  #take(symbol: string): boolean {
    if (this.#peek().kind !== 'symbol' || this.#peek().text !== symbol) return false;
    this.#at++;
    return true;
  }

  #expect(symbol: string): Token {
    const token = this.#peek();
    if (!this.#take(symbol)) this.#fail(token, `\`${symbol}\` is missing`, undefined);
    return token;
  }

  #fail(token: Token, message: string, help: string | undefined): never {
    const length = Math.max(1, token.text.length);
    throw new Failure({ problem: 'FORMULA', message, ...(help ? { help } : {}), offset: token.offset, length });
  }
}

function tokenise(text: string): Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  while (offset < text.length) {
    const rest = text.slice(offset);
    const space = /^\s+/.exec(rest)?.[0].length ?? 0;
    if (space > 0) {
      offset += space;
      continue;
    }
    const literal = LITERAL.exec(rest)?.[0];
    const name = literal === undefined ? NAME.exec(rest)?.[0] : undefined;
    const token = literal ?? name ?? rest.charAt(0);
    const kind = literal === undefined ? (name === undefined ? 'symbol' : 'name') : 'literal';
    tokens.push({ kind, text: token, offset });
    offset += token.length;
  }
  return tokens;
}
