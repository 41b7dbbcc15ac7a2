import { audit, AUDIT_VERDICTS } from '../../model/claims/audit.ts';
import type { AuditVerdict } from '../../model/claims/audit.ts';
import { unresolved } from '../../model/claims/agreement.ts';
import { withSettings } from '../../model/plan/with-settings.ts';
import { auditDocument } from '../../reports/audit-document.ts';
import { EXIT } from '../exit-code.ts';
import type { ExitCode } from '../exit-code.ts';
import { loadPlan, shippedPlans } from '../../api/files.ts';
import type { Context } from '../context.ts';
import { show } from '../show.ts';
import { UsageError } from '../../api/usage-error.ts';

/** What is listed unless something else is asked for. */
const DEFAULT_VERDICTS: readonly AuditVerdict[] = ['close', 'contradicted'];

export interface AuditOptions {
  readonly full?: true;
  readonly verdict?: AuditVerdict;
  readonly set: readonly string[];
}

/** `shop-plan audit [plans…]` */
export async function auditCommand(
  { terminal }: Context,
  names: readonly string[],
  options: AuditOptions,
): Promise<ExitCode> {
  const chosen = names.length > 0 ? names : shippedPlans();
  const loaded = await Promise.all(chosen.map((name) => loadPlan(name)));
  const plans = loaded.map((plan) => withSettings(plan, options.set));
  const [lost] = unresolved(plans.flatMap((plan) => plan.claims.map((claim) => ({ plan: plan.name, claim }))));
  if (lost)
    throw new UsageError(`${lost.from} is said to be the same as ${lost.to}, which is not there`, 'correct `same_as`');
  const result = audit(plans);
  const verdicts = options.verdict ? [options.verdict] : options.full ? AUDIT_VERDICTS : DEFAULT_VERDICTS;
  await show(terminal, { data: () => result, document: () => auditDocument(result, { verdicts }) });
  return result.claims.every(({ asKnown }) => asKnown) ? EXIT.ok : EXIT.failed;
}
