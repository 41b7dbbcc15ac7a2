import { ENGINES } from '../../engines/index.ts';
import { comparisonJsonSchema } from '../../reports/comparison-schema.ts';
import { fileJsonSchema } from '../../reports/schema/published.ts';
import type { FileKind } from '../../reports/schema/published.ts';
import { runJsonSchema } from '../../reports/run-schema.ts';
import { resultJsonSchema } from '../../reports/result-schema.ts';
import { simulationJsonSchema } from '../../reports/simulation-schema.ts';
import { verificationJsonSchema } from '../../reports/verification-schema.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Context } from '../context.ts';

export type SchemaKind = FileKind | 'run' | 'check' | 'comparison' | 'simulation' | 'verification';

/** `shop-plan schema [kind]` */
export function schemaCommand({ terminal }: Context, kind: SchemaKind): ExitCode {
  terminal.printJson(schemaOf(kind));
  return EXIT.ok;
}

function schemaOf(kind: SchemaKind): object {
  switch (kind) {
    case 'run':
      return runJsonSchema();
    case 'check':
      return resultJsonSchema();
    case 'comparison':
      return comparisonJsonSchema();
    case 'simulation':
      return simulationJsonSchema();
    case 'verification':
      return verificationJsonSchema();
    default:
      return fileJsonSchema(kind, [...ENGINES.keys()]);
  }
}
