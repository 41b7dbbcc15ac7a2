/** What a finished command says to the shell; documented in docs/exit-codes.md. */
export const EXIT = {
  ok: 0,
  /** An SLO or a claim failed. */
  failed: 1,
  /** Wrong plan, scenario or usage; nothing was started. */
  usage: 2,
  /** The machine or the stack failed. */
  machine: 3,
  /** The measurement is invalid or too noisy to judge. */
  invalid: 4,
  interrupted: 130,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
