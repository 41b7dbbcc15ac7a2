/**
 * What other programs may use of shop-plan; docs/library.md has examples. Anything else may change with every version.
 */
export { loadPlan, loadScenario } from './load.ts';
export type { LoadPlanOptions } from './load.ts';
export type { GivenText } from './files.ts';
export { shippedPlans, shippedScenarios } from './files.ts';
export { estimate } from './estimate.ts';
export type { EstimateOptions } from './estimate.ts';
export { simulate } from './simulate.ts';
export type { SimulateOptions } from './simulate.ts';
export { RunningStack, startStack } from './start-stack.ts';
export type { StackOptions } from './start-stack.ts';
export { run } from './drive.ts';
export type { RunOptions } from './drive.ts';
export { judge } from './judge.ts';
export { readRun } from './read-run.ts';
export type { Run } from './run.ts';

export { InputError } from './input-error.ts';
export { UsageError } from './usage-error.ts';
export { RunError } from '../harness/run-error.ts';
export { StackError } from '../infra/backend.ts';
export { EngineError } from '../engines/engine.ts';

export type { Progress } from '../engines/engine.ts';
export type { Stack } from '../infra/backend.ts';
export type { Diagnostic } from '../model/document/diagnostic.ts';
export type { Estimate } from '../model/estimate/estimate.ts';
export type { Judgement, Verdict } from '../model/judge/judge.ts';
export type { Measurement } from '../model/judge/measurement.ts';
export type { Outcome, Status } from '../model/judge/outcome.ts';
export type { ValidityCheck } from '../model/judge/validity-check.ts';
export type { Observation } from '../model/observation/observation.ts';
export type { Plan } from '../model/plan/plan.ts';
export type { Scenario, TierSettings } from '../model/scenario/scenario.ts';
