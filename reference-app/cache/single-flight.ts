/**
 * Lets callers that ask for the same key at the same time share one load. It reaches as far as this process: N instances may
 * still load a key N times when it expires, which is a bounded number, unlike one load per request.
 */
export class SingleFlight<Value> {
  readonly #flights = new Map<string, Promise<Value>>();

  async run(key: string, load: () => Promise<Value>): Promise<Value> {
    const running = this.#flights.get(key);
    if (running !== undefined) return await running;
    const flight = load();
    this.#flights.set(key, flight);
    try {
      return await flight;
    } finally {
      this.#flights.delete(key);
    }
  }
}
