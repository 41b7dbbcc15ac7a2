import { z } from 'zod';
import type { RunJson } from './run-json.ts';
import { JUDGEMENT } from './judgement-schema.ts';
import { OBSERVATION } from './observation-schema.ts';
import { SETTING } from './setting-schema.ts';

export const RUN_FORMAT_VERSION = 2;

/** What a run's result file must be. Typed against the model, so that the two cannot drift apart. */
export const RUN_SCHEMA: z.ZodType<RunJson> = z.object({
  formatVersion: z.literal(RUN_FORMAT_VERSION),
  kind: z.literal('run'),
  observation: OBSERVATION,
  judgement: JUDGEMENT,
  setting: SETTING.exactOptional(),
});

/** The published JSON Schema (draft 2020-12) of a run's result file. */
export function runJsonSchema(): object {
  return z.toJSONSchema(RUN_SCHEMA, { target: 'draft-2020-12' });
}
