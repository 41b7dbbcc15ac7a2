import { z } from 'zod';

/** How far, how wide and how whole a link is. */
export interface LinkConditions {
  /** How long every byte is under way, each way: half of a round trip. */
  readonly delay_ms: number;
  /** What each direction of a connection carries at most; null for as much as it can. */
  readonly bandwidth_bytes_per_s: number | null;
  /** A link that is cut resets its connections, and those that are opened meanwhile. */
  readonly cut: boolean;
  /** A link that swallows what is sent keeps its connections open; those are reset when it ends, having lost bytes. */
  readonly black_hole: boolean;
}

/** Longer than to the other side of the world and back, over a satellite. */
export const DELAY_MS_MAX = 5_000;

/** What the control port takes: the conditions that are to change. */
export const linkChange = z.strictObject({
  delay_ms: z.number().min(0).max(DELAY_MS_MAX).exactOptional(),
  bandwidth_bytes_per_s: z.int().min(1).nullable().exactOptional(),
  cut: z.boolean().exactOptional(),
  black_hole: z.boolean().exactOptional(),
  /** Breaks all connections, once. */
  reset: z.literal(true).exactOptional(),
});

/** What has gone over a link since it was started. */
export interface LinkCounts {
  connections: number;
  /** From those who connect to the target. */
  bytes_to_target: number;
  bytes_from_target: number;
}
