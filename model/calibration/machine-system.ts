import type { Plan } from '../plan/plan.ts';
import { ELSEWHERE_TIER } from '../simulator/build/elsewhere.ts';
import type { Distribution, System, SystemTier, Visit } from '../simulator/system.ts';
import type { Calibration, ClassCalibration } from './calibration.ts';
import { DemandCurves } from './demand-curves.ts';
import { classCost_s, mixCost_s, planMix, uncalibrated } from './mix-demand.ts';
import { fitClass, fitWhole } from './response-fits.ts';
import type { ResponseFit } from './response-fits.ts';

/** Standard normal quantile of the 95th percentile. */
const Z95 = 1.6448536269514722;
/** Where waiting follows theory as it stands: that of exponential work. */
const EXPONENTIAL = 1;

export interface MachineRequest {
  readonly plan: Pick<Plan, 'name' | 'requests'>;
  readonly calibration: Calibration;
  readonly mix: ReadonlyMap<string, number>;
  /** Demands are those at this rate; 0 for those at light load. */
  readonly rate_per_s: number;
}

/**
 * A calibrated machine for the simulator: what a request waits for without a processor passes elsewhere, then its work of all
 * tiers and the generator queues at one station, the machine's cores. How irregular work is follows from the fitted factor k of
 * waiting: of M/G/c, W = W(M/M/c) (1 + C²) / 2, so E[S²] = 2 k E[S]² over all classes.
 * Literature: A. M. Lee, P. A. Longton, Queueing Processes Associated with Airline Passenger Check-in, OR Quarterly 10 (1959).
 * @throws RangeError when the mix has a class that was not calibrated.
 */
export function machineSystem({ plan, calibration, mix, rate_per_s }: MachineRequest): System {
  const missing = uncalibrated(mix, calibration);
  if (missing.length > 0)
    throw new RangeError(`the calibration has no demands of ${missing.map((name) => `\`${name}\``).join(', ')}`);
  const light_s = mixCost_s(mix, calibration.classes);
  const usage = new DemandCurves(calibration, planMix(plan)).usage(mix, rate_per_s);
  const cheaper = rate_per_s > 0 ? usage.work_s / light_s : 1;
  const whole = fitWhole(calibration);
  const asked = calibration.classes.filter((each) => (mix.get(each.class) ?? 0) > 0);
  const shareOf = (each: ClassCalibration): number => mix.get(each.class) ?? 0;
  const square = asked.reduce((sum, each) => sum + shareOf(each) * classCost_s(each) ** 2, 0);
  const cv = Math.sqrt(Math.max(0, (2 * (whole?.mean.factor ?? EXPONENTIAL) * light_s ** 2) / square - 1));
  const classes = asked.map((each) => {
    const work_s = classCost_s(each) * cheaper;
    const route = [visitTo(ELSEWHERE, waitOf(each, work_s, whole && fitClass(calibration, each.class, whole)))];
    const request = plan.requests.find(({ name }) => name === each.class);
    route.push(visitTo(MACHINE, shaped('gamma', work_s, cv)));
    return { name: each.class, share: shareOf(each), timeout_s: request?.timeout_s ?? Infinity, route, keys: null };
  });
  return { classes, messages: [], tiers: [ELSEWHERE_TIER, machineTier(calibration.cores)], keySpaces: [] };
}

const ELSEWHERE = 0;
const MACHINE = 1;

function machineTier(cores: number): SystemTier {
  return { ...ELSEWHERE_TIER, id: 'machine', kind: 'external', servers: cores };
}

/** What is left of a request's time at no load when its work is taken off, as irregular as mean and p95 say. */
function waitOf({ response }: ClassCalibration, work_s: number, fit: ResponseFit | null): Distribution {
  const mean_s = fit ? fit.mean.base_s : response.mean_s;
  const p95_s = fit ? fit.p95.base_s : response.p95_s;
  return shaped('lognormal', Math.max(0, mean_s - work_s), lognormalCv(mean_s, p95_s));
}

/** Of a lognormal with this mean and p95: ln(p95 / mean) = z σ - σ² / 2. The most there is where no lognormal is so skewed. */
function lognormalCv(mean_s: number, p95_s: number): number {
  const ratio = mean_s > 0 && p95_s > mean_s ? Math.log(p95_s / mean_s) : 0;
  const sigma = Z95 - Math.sqrt(Math.max(0, Z95 ** 2 - 2 * ratio));
  return Math.sqrt(Math.expm1(sigma ** 2));
}

function shaped(kind: 'gamma' | 'lognormal', mean_s: number, cv: number): Distribution {
  return cv > 0 && mean_s > 0 ? { kind, mean_s, cv } : { kind: 'deterministic', mean_s };
}

function visitTo(tier: number, service: Distribution): Visit {
  return { tier, times: 1, operation: 'read', service, nested: [], lookup: null, publish: [] };
}
