/** What to draw first in an interview: boxes in their order, each with its time. */
export interface Whiteboard {
  readonly title: string;
  /** In the right order. */
  readonly boxes: readonly WhiteboardBox[];
}

export interface WhiteboardBox {
  readonly id: string;
  readonly title: string;
  /** What it may take; null for what is drawn if time permits. */
  readonly allowed_s: number | null;
  /** What belongs into it. */
  readonly points: readonly string[];
  /** What to say while drawing. */
  readonly say: string;
  /** Why it stands where it does. */
  readonly because: string;
}
