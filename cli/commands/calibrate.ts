import { ENGINES } from '../../engines/index.ts';
import { calibrate } from '../../harness/calibrate/calibrate.ts';
import { checkCalibration } from '../../harness/calibrate/check-calibration.ts';
import type { CalibrationCheck } from '../../harness/calibrate/check-calibration.ts';
import { CHECK_UTILISATIONS, CHECK_WINDOWS, FULL_EFFORT } from '../../harness/calibrate/effort.ts';
import { keepCalibration } from '../../harness/calibration-store.ts';
import { environmentFacts } from '../../harness/environment.ts';
import type { Engine } from '../../engines/engine.ts';
import type { Stack } from '../../infra/backend.ts';
import type { LocalBackend } from '../../infra/local/local-backend.ts';
import type { Calibration } from '../../model/calibration/calibration.ts';
import { isNear } from '../../model/calibration/compare.ts';
import type { Plan } from '../../model/plan/plan.ts';
import { localTopology } from '../../model/topology/topology-of.ts';
import type { Topology } from '../../model/topology/topology.ts';
import { calibrationDocument, checkDocument } from '../../reports/calibration-document.ts';
import { writeCalibrationJson } from '../../reports/calibration-json.ts';
import { keptCalibration } from '../calibrations.ts';
import { cleanUp } from '../clean-up.ts';
import type { Context } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan } from '../../api/files.ts';
import { shareProgress } from '../share-progress.ts';
import { show } from '../show.ts';
import { backend } from '../stack.ts';
import { stepOf } from '../../api/step-of.ts';
import { UsageError } from '../../api/usage-error.ts';

export interface CalibrateOptions {
  readonly step: number;
  readonly name: string;
  readonly seed: number;
  readonly check?: true;
  readonly keepData?: true;
}

const PRODUCTS = 100_000;
const USERS = 50_000;

/** `shop-plan calibrate [plan]` */
export async function calibrateCommand(context: Context, name: string, options: CalibrateOptions): Promise<ExitCode> {
  const { terminal } = context;
  const plan = await loadPlan(name, { claims: false });
  stepOf(plan, options.step);
  const engine = ENGINES.get('open-loop');
  if (!engine) throw new UsageError('there is no engine that paces');
  const known = options.check ? await keptCalibration(plan.name, options.step) : null;
  return onStack(context, plan, options, async (stack) => {
    const site = { context, plan, engine, stack, seed: options.seed };
    const calibration = known ?? (await calibrateOn(site));
    if (!options.check) {
      await show(terminal, { data: () => calibration, document: () => calibrationDocument(calibration) });
      return calibration.quiet.ok ? EXIT.ok : EXIT.invalid;
    }
    const check = await checkOn(site, calibration);
    const data = { formatVersion: 1, kind: 'calibration-check', ...check, calibratedOn: calibration.quiet };
    await show(terminal, { data: () => data, document: () => checkDocument(calibration, check.rows, check.quiet) });
    if (!check.quiet.ok || !calibration.quiet.ok) return EXIT.invalid;
    return check.rows.every(isNear) ? EXIT.ok : EXIT.failed;
  });
}

interface CalibrationSite {
  readonly context: Context;
  readonly plan: Plan;
  readonly engine: Engine;
  readonly stack: Stack;
  readonly seed: number;
}

async function calibrateOn({ context, ...site }: CalibrationSite): Promise<Calibration> {
  const { terminal, signal } = context;
  terminal.message(`calibrating step ${site.stack.step} of ${site.plan.name}: about three and a half minutes`);
  const tell = shareProgress(terminal);
  const onProgress = (what: string, share: number): void => tell(`calibrating, ${Math.round(share * 100)} %: ${what}`);
  const asked = { ...site, effort: FULL_EFFORT, environment: environmentFacts(), signal, onProgress };
  const calibration = await calibrate(asked);
  const path = await keepCalibration(calibration.plan, calibration.step, writeCalibrationJson(calibration));
  terminal.message(`kept in ${path}`);
  return calibration;
}

function checkOn({ context, ...site }: CalibrationSite, calibration: Calibration): Promise<CalibrationCheck> {
  const { terminal, signal } = context;
  const tell = shareProgress(terminal);
  const onProgress = (what: string, share: number): void => tell(`checking, ${Math.round(share * 100)} %: ${what}`);
  const loads = { utilisations: CHECK_UTILISATIONS, windows: CHECK_WINDOWS, warmUp_s: FULL_EFFORT.warmUp_s };
  return checkCalibration({ ...site, calibration, ...loads, signal, onProgress });
}

/** The stack of that name when it is up with this plan and step; else one for this purpose alone, which is taken down again. */
async function onStack(
  { terminal, signal }: Context,
  plan: Plan,
  { step, name, seed, keepData }: CalibrateOptions,
  use: (stack: Stack) => Promise<ExitCode>,
): Promise<ExitCode> {
  const local = backend();
  const up = await local.status(name);
  if (up?.processes.every(({ alive }) => alive) && up.stack.plan === plan.name && up.stack.step === step)
    return use(up.stack);
  await cleanUp(terminal);
  try {
    const topology = withOneCache(localTopology(plan, stepOf(plan, step)));
    const options = { seed, products: PRODUCTS, users: USERS, ephemeral: true, signal, onProgress: terminal.message };
    return await use(await local.up(topology, { name: STACK, ...options }));
  } finally {
    await takeDown(local, keepData === true);
  }
}

const STACK = 'calibrate';

async function takeDown(local: LocalBackend, keepData: boolean): Promise<void> {
  await local.down(STACK, { purge: !keepData });
}

/** As scenarios about throughput have it: a cluster of six on the cores of one machine would measure itself. */
function withOneCache({ tiers, ...topology }: Topology): Topology {
  return { ...topology, tiers: tiers.map((tier) => (tier.kind === 'redis' ? { ...tier, instances: 1 } : tier)) };
}
