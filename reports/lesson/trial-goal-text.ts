import { metricText } from '../../model/judge/metric.ts';
import type { Trial, TrialGoal } from '../../model/lesson/lesson.ts';

/** A goal of an experiment by its title, else by that of the same metric where it is shown: `Orders that failed < 20 % in later`. */
export function trialGoalText({ text, metric, title }: TrialGoal, shows: Trial['shows']): string {
  const said = title ?? shows.find((each) => each.metric === metricText(metric))?.title;
  return said === undefined ? text : `${said} ${text.slice(text.search(/[<>]/))}`;
}
