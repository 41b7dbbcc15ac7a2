import { ENGINES } from '../../engines/index.ts';
import { fileJsonSchema } from '../../reports/schema/published.ts';
import type { FileKind } from '../../reports/schema/published.ts';
import { simulationJsonSchema } from '../../reports/simulation-schema.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Context } from '../context.ts';

/** `shop-plan schema [kind]` */
export function schemaCommand({ terminal }: Context, kind: FileKind | 'simulation'): ExitCode {
  terminal.printJson(kind === 'simulation' ? simulationJsonSchema() : fileJsonSchema(kind, [...ENGINES.keys()]));
  return EXIT.ok;
}
