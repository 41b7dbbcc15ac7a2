import type { Progress } from '../../engines/engine.ts';
import { formatNumber } from '../../model/units/format.ts';

const ERROR_SHARE_MAX = 0.01;

/** Whether a system was well before something is done to it. What drives it in a way of its own may fail on purpose, so that only requests at a rate are looked at. */
export class Steadiness {
  #sent = 0;
  #errors = 0;

  look({ rate_per_s, errors }: Progress): void {
    this.#sent += rate_per_s;
    this.#errors = errors;
  }

  /** Undefined when nothing speaks against it. */
  get problem(): string | undefined {
    if (this.#errors <= this.#sent * ERROR_SHARE_MAX) return undefined;
    return `${formatNumber(this.#errors)} of about ${formatNumber(Math.round(this.#sent))} requests had failed by then`;
  }
}
