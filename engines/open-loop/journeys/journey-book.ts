import type { ClassObservation } from '../../../model/observation/observation.ts';
import { countEnding, createCell, observeCell, type Cell } from '../../ledger/cell.ts';
import type { Ending } from '../../ledger/flight.ts';

/**
 * Counts journeys by the phase in which they began, apart from the requests that they are made of. One that the end of the schedule cuts off has
 * begun, but neither succeeded nor failed, and nothing more is counted of it.
 */
export class JourneyBook {
  readonly #names: readonly string[];
  readonly #phases: readonly string[];
  readonly #cells = new Map<number, Cell>();

  constructor(names: readonly string[], phases: readonly string[]) {
    this.#names = names;
    this.#phases = phases;
  }

  began(journey: number, phase: number): void {
    this.#cell(journey, phase).scheduled++;
  }

  dropped(journey: number, phase: number): void {
    const cell = this.#cell(journey, phase);
    cell.scheduled++;
    cell.dropped++;
  }

  /** Times are those of its requests added up. */
  ended(journey: number, phase: number, ending: Ending, status: number, response_us: number, service_us: number): void {
    const cell = this.#cell(journey, phase);
    cell.sent++;
    countEnding(cell, ending, status, response_us, service_us);
  }

  observe(): ClassObservation[] {
    return [...this.#cells]
      .toSorted(([a], [b]) => a - b)
      .map(([index, cell]) => {
        const name = this.#names[index % this.#names.length] ?? '';
        return observeCell(cell, `journey.${name}`, this.#phases[Math.floor(index / this.#names.length)] ?? '');
      });
  }

  #cell(journey: number, phase: number): Cell {
    const index = phase * this.#names.length + journey;
    const cell = this.#cells.get(index) ?? createCell();
    this.#cells.set(index, cell);
    return cell;
  }
}
