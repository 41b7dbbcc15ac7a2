import type { ObservedOutage } from '../model/observation/observation.ts';

/** Each outage with its parts, a line each: `outage of writes: 9.72 s from 12.3 s on = detect 7.10 s + promote 1.20 s + …`. */
export function outagesText(outages: readonly ObservedOutage[]): string {
  return outages.map(outageText).join('\n');
}

function outageText({ of, began_at_s, ended_at_s, parts }: ObservedOutage): string {
  const sum = parts.map(({ name, duration_s }) => `${name} ${duration_s.toFixed(2)} s`).join(' + ');
  const whole = `outage of ${of}: ${(ended_at_s - began_at_s).toFixed(2)} s from ${began_at_s.toFixed(1)} s on`;
  return parts.length > 1 ? `${whole} = ${sum}` : whole;
}
