import { z } from 'zod';
import type { Suspect } from '../model/diagnosis/suspect.ts';
import type { GateJudgement } from '../model/gate/gate.ts';
import { STATUSES } from '../model/judge/outcome.ts';
import { COMPARED_RUNS } from './comparison-schema.ts';
import { JUDGEMENT, MEASUREMENT } from './judgement-schema.ts';
import { OBSERVATION } from './observation-schema.ts';
import type { ResultJson } from './result-json.ts';
import type { ResultRun } from './result.ts';
import { SETTING } from './setting-schema.ts';
import { FAILURE, LEDGER } from './verification-schema.ts';

export const RESULT_FORMAT_VERSION = 1;

const number = z.number();
const text = z.string();
const count = number.int().min(0);
const OUTCOME = z.enum([...STATUSES, 'NOT_JUDGED']);

const RUN: z.ZodType<ResultRun> = z.object({
  run: text.exactOptional(),
  observation: OBSERVATION,
  judgement: JUDGEMENT,
  setting: SETTING.exactOptional(),
});

const GATE: z.ZodType<GateJudgement> = z.object({
  gate: text,
  outcome: OUTCOME,
  score: number,
  passScore: number,
  verdicts: z.array(
    z.object({
      text,
      scenario: text,
      step: count,
      status: z.enum(STATUSES),
      weight: number,
      must: z.boolean(),
      from: text,
      because: text,
      help: text.exactOptional(),
      measurement: MEASUREMENT.exactOptional(),
    }),
  ),
});

const SUSPECT: z.ZodType<Suspect> = z.object({ tier: text, weight: number, because: z.array(text) });

/** What `check --json` and `report --format json` write. Typed against the model, so that the two cannot drift apart. */
export const RESULT: z.ZodType<ResultJson> = z.object({
  formatVersion: z.literal(RESULT_FORMAT_VERSION),
  kind: z.literal('check'),
  title: text,
  outcome: OUTCOME,
  runs: z.array(RUN),
  gate: GATE.exactOptional(),
  suspects: z.array(SUSPECT).exactOptional(),
  compared: z.array(COMPARED_RUNS).exactOptional(),
  ledgers: z.array(LEDGER).exactOptional(),
  failures: z.array(FAILURE).exactOptional(),
});

/** The published JSON Schema (draft 2020-12) of a result. */
export function resultJsonSchema(): object {
  return z.toJSONSchema(RESULT, { target: 'draft-2020-12' });
}
