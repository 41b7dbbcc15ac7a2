export {
  DEFAULT_PLAN,
  fileReason,
  isPath,
  loadLiveScenario,
  loadPlan,
  loadScenario,
  planOf,
  ROOT,
  shippedPlans,
  shippedScenarios,
  statedPlan,
} from '../api/files.ts';
