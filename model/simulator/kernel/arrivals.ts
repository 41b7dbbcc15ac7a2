import type { ArrivalProcess, LoadPhase, RatePiece } from '../load.ts';
import { expectedArrivals, timeOfExpected } from '../../workload/cumulative-rate.ts';
import { Stream } from '../variates/stream.ts';

interface Piece extends RatePiece {
  readonly start_s: number;
  readonly phase: number;
}

/**
 * When users ask, one arrival at a time. With L(t) the area under the rate until t, an arrival is where L has grown by a gap since
 * the one before: 1 for `uniform` (the first at 1/2, so that n a second puts n evenly into every second), unit exponentials for Poisson
 * arrivals (time change; E. Çinlar, Introduction to Stochastic Processes, 1975, ch. 4.7). `bursty` multiplies the rate by a factor that a
 * Markov chain switches on and off (MMPP; W. Fischer, K. Meier-Hellstern, Performance Evaluation 18, 1993).
 */
export class Arrivals {
  /** Of the arrival at hand; Infinity when there are no more. */
  next_s = Infinity;
  phase = 0;
  readonly #pieces: readonly Piece[];
  readonly #gaps: Stream;
  readonly #switches: Stream;
  readonly #arrivalProcess: ArrivalProcess;
  /** Index of the piece at hand, and the area under its rate up to the arrival at hand. */
  #piece = 0;
  #area = 0;
  #isOn = false;
  #switch_s = Infinity;
  /** Rate over the stated one. */
  #intensity = 1;

  constructor(arrivalProcess: ArrivalProcess, phases: readonly LoadPhase[], seed: number) {
    this.#arrivalProcess = arrivalProcess;
    this.#gaps = new Stream(seed, 'arrivals');
    this.#switches = new Stream(seed, 'bursts');
    this.#pieces = piecesOf(phases);
    if (arrivalProcess.kind === 'bursty') this.#switchAt(0, false);
    this.#advance(arrivalProcess.kind === 'uniform' ? 0.5 : this.#gaps.exponential());
  }

  /** Moves on to the next arrival. */
  advance(): void {
    this.#advance(this.#arrivalProcess.kind === 'uniform' ? 1 : this.#gaps.exponential());
  }

  #advance(gap: number): void {
    let left = gap;
    for (;;) {
      const piece = this.#pieces[this.#piece];
      if (piece === undefined) {
        this.next_s = Infinity;
        return;
      }
      const isSwitchFirst = this.#switch_s < piece.start_s + piece.duration_s;
      const border = isSwitchFirst ? areaUntil(piece, this.#switch_s - piece.start_s) : expectedArrivals(piece);
      const room = (border - this.#area) * this.#intensity;
      if (left < room) {
        this.#area += left / this.#intensity;
        this.next_s = piece.start_s + timeOfExpected(piece, this.#area);
        this.phase = piece.phase;
        return;
      }
      left -= room;
      this.#area = border;
      if (isSwitchFirst) this.#switchAt(this.#switch_s, !this.#isOn);
      else this.#nextPiece();
    }
  }

  #nextPiece(): void {
    this.#piece++;
    this.#area = 0;
  }

  #switchAt(now_s: number, isOn: boolean): void {
    if (this.#arrivalProcess.kind !== 'bursty') return;
    const { factor, on_s, off_s } = this.#arrivalProcess;
    const base = (on_s + off_s) / (factor * on_s + off_s);
    this.#isOn = isOn;
    this.#intensity = isOn ? base * factor : base;
    this.#switch_s = now_s + this.#switches.exponential() * (isOn ? on_s : off_s);
  }
}

function piecesOf(phases: readonly LoadPhase[]): Piece[] {
  let phaseStart_s = 0;
  return phases.flatMap((phase, index) => {
    let start_s = phaseStart_s;
    phaseStart_s += phase.duration_s;
    return phase.pieces.map((piece) => {
      const placed = { ...piece, start_s, phase: index };
      start_s += piece.duration_s;
      return placed;
    });
  });
}

/** L(t) = r t + a t² / 2 within a piece. */
function areaUntil({ rate_per_s, rate_end_per_s, duration_s }: RatePiece, t_s: number): number {
  return rate_per_s * t_s + (((rate_end_per_s - rate_per_s) / duration_s) * t_s * t_s) / 2;
}
