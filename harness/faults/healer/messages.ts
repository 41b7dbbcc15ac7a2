import type { Remedy } from './remedy.ts';

/** What the healer is told. */
export type Order =
  /** From now on it heals this fault when told to, when `lease_ms` are over, or when whoever told it is gone. */
  | { readonly type: 'hold'; readonly id: number; readonly remedies: readonly Remedy[]; readonly lease_ms: number }
  | { readonly type: 'heal'; readonly id: number };

/** What it answers; `problem` tells why a remedy could not be applied. */
export type Answer =
  | { readonly type: 'held'; readonly id: number }
  | { readonly type: 'healed'; readonly id: number; readonly problem?: string };
