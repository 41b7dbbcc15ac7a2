export {
  DEFAULT_PLAN,
  loadLiveScenario,
  loadPlan,
  loadScenario,
  planOf,
  ROOT,
  shippedPlans,
  shippedScenarios,
  statedPlan,
} from '../api/files.ts';
