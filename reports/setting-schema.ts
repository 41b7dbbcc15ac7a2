import { z } from 'zod';
import type { RunSetting } from '../model/setting/run-setting.ts';
import { TIER_KINDS } from '../model/topology/topology.ts';
import { PREDICTION } from './verification-schema.ts';

const number = z.number();
const text = z.string();

const COST = z.object({
  total_usd_per_month: number,
  items: z.array(z.object({ id: text, usd_per_month: number })),
  unpriced: z.array(text),
});

/** What a run was made on, as JSON. */
export const SETTING: z.ZodType<RunSetting> = z.object({
  name: text,
  entry: text,
  tiers: z.array(
    z.object({
      id: text,
      kind: z.enum(TIER_KINDS),
      instances: number,
      cores_each: number.exactOptional(),
      settings: z.record(text, text).exactOptional(),
    }),
  ),
  edges: z.array(z.object({ from: text, to: text, visits_per_s: number.exactOptional() })),
  cost: COST.exactOptional(),
  predictions: z.array(PREDICTION).exactOptional(),
});
