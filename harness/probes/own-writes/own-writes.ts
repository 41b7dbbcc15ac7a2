/** How people of an application write something of their own through its API, and look for it. */
export interface OwnWrites {
  /** Rejects when it was not taken. Resolves to what `sees` looks for. */
  write(person: number): Promise<string>;
  /** Whether it is there. Rejects when there is no answer to that. */
  sees(person: number, written: string): Promise<boolean>;
  /** Takes back what would fill up; resolves in any case. */
  remove(person: number, written: string): Promise<void>;
}

const TIMEOUT_MS = 5_000;

/** Asks the API as a person's browser does; redirects are not followed. */
export async function askApi(url: string, init: RequestInit): Promise<Response> {
  return await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(TIMEOUT_MS) });
}

export function unexpected(response: Response, what: string): Error {
  return new Error(`${what} was answered with ${response.status}`);
}
