import { ENGINES } from '../../engines/index.ts';
import { fileJsonSchema } from '../../reports/schema/published.ts';
import type { FileKind } from '../../reports/schema/published.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Context } from '../context.ts';

/** `shop-plan schema [kind]` */
export function schemaCommand({ terminal }: Context, kind: FileKind): ExitCode {
  terminal.printJson(fileJsonSchema(kind, [...ENGINES.keys()]));
  return EXIT.ok;
}
