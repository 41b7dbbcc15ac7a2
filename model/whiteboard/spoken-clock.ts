/** A line to be said at a moment of a time box. */
export interface ClockCall {
  readonly at_s: number;
  readonly says: string;
}

const MINUTE_S = 60;

/** What is said by itself while somebody draws: half time, the last minute, the end; nothing where no time is set. */
export function clockCalls(allowed_s: number | null): ClockCall[] {
  if (allowed_s === null) return [];
  const half = { at_s: allowed_s / 2, says: `Half time: ${timeInWords(allowed_s / 2)} left.` };
  const lastMinute = { at_s: allowed_s - MINUTE_S, says: 'One minute left.' };
  const end = { at_s: allowed_s, says: 'Time is up. Draw on if you like; the clock goes on.' };
  // In a box of two minutes both would be the same moment.
  return allowed_s > 2 * MINUTE_S ? [half, lastMinute, end] : [half, end];
}

/** What the clock shows when it is asked. */
export function clockSays(taken_s: number, allowed_s: number | null): string {
  const taken = timeInWords(taken_s);
  if (allowed_s === null) return `${taken} so far; this box has no limit.`;
  const left_s = Math.round(allowed_s) - Math.round(taken_s);
  if (left_s > 0) return `${taken} so far; ${timeInWords(left_s)} left.`;
  return left_s === 0 ? `${taken}: time is up.` : `${taken}: ${timeInWords(-left_s)} over.`;
}

/** `2 minutes 10 seconds`, `45 seconds`. */
export function timeInWords(time_s: number): string {
  const whole_s = Math.round(time_s);
  const [minutes, seconds] = [Math.floor(whole_s / MINUTE_S), whole_s % MINUTE_S];
  const parts = [
    ...(minutes > 0 ? [`${minutes} ${minutes === 1 ? 'minute' : 'minutes'}`] : []),
    ...(seconds > 0 || minutes === 0 ? [`${seconds} ${seconds === 1 ? 'second' : 'seconds'}`] : []),
  ];
  return parts.join(' ');
}
