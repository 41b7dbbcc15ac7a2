/** What another service answered. */
export interface Answer {
  readonly status: number;
  /** The JSON of the body; undefined when there is none. */
  readonly body: unknown;
}

/** The body of an answer that should be a success. Throws an error that names what was asked otherwise: that is a bug. */
export function bodyOf({ status, body }: Answer, what: string): unknown {
  if (status < 300) return body;
  throw new Error(`${what} was answered with ${status}: ${JSON.stringify(body)?.slice(0, 200)}`);
}
