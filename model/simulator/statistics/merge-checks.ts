import type { ValidityCheck } from '../../judge/validity-check.ts';

/** Checks of every replication as one list: a check passed when it passed in all, and one that did not says where. */
export function mergeChecks(each: readonly (readonly ValidityCheck[])[]): readonly ValidityCheck[] {
  const [first = []] = each;
  return first.map((check, index) =>
    mergeOne(
      each.flatMap((checks) => checks[index] ?? []),
      check,
    ),
  );
}

function mergeOne(checks: readonly ValidityCheck[], first: ValidityCheck): ValidityCheck {
  const failures = checks.filter((check) => !check.ok);
  const shown = failures[0] ?? first;
  if (checks.every((check) => check.detail === shown.detail)) return shown;
  const among = `in ${failures.length || 'all'} of ${checks.length} replications`;
  return { ...shown, detail: `${among}; in number ${checks.indexOf(shown) + 1} ${shown.detail}` };
}
