/** Runs a job when its turn has come. */
export type Turns = <T>(job: () => Promise<T>) => Promise<T>;

/**
 * At most `width` of the jobs handed in run at a time, in the order in which they came. A job that fails gives its turn on,
 * too; one that waited for another turn of the same would wait for ever.
 */
export function turns(width: number): Turns {
  let free = width;
  const waiting: (() => void)[] = [];
  return async (job) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await job();
    } finally {
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
