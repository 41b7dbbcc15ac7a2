import { ANSWERS_MIN } from '../../model/drill/score.ts';
import type { DrillScore, Score, Tally, TopicScore, Trend } from '../../model/drill/score.ts';
import { percentText } from '../amount-text.ts';
import type { Block, ReportDocument } from '../document.ts';

/** What a topic is called, and where it is taught. */
export interface TopicNames {
  readonly name: string;
  readonly title: string;
  /** As `shop-plan walk` takes it. */
  readonly lesson: string;
}

const DRILLS_MAX = 10;

/** The score so far, by topic and over time, and what to practise next. `plain` has sentences in place of tables. */
export function scoreDocument(score: Score, topics: readonly TopicNames[], { plain = false } = {}): ReportDocument {
  if (score.total.asked === 0) return [{ kind: 'paragraph', text: 'No drill yet. `shop-plan walk --drill` is one.' }];
  const { drills, total, trend } = score;
  return [
    { kind: 'heading', text: `${tallyText(total)} in ${drills.length} ${drills.length === 1 ? 'drill' : 'drills'}` },
    ...(plain ? topicSentences(score, topics) : [topicTable(score, topics)]),
    { kind: 'paragraph', text: trendText(trend) },
    ...practiseBlocks(score, topics),
    ...(drills.length > 1 ? [drillTable(drills, plain)].flat() : []),
  ];
}

/** What to practise next, by topic, with the lesson to go back to. */
export function practiseBlocks({ practise, topics, total }: Score, names: readonly TopicNames[]): Block[] {
  if (practise.length > 0) {
    const lines = practise.flatMap((name) => {
      const topic = names.find((each) => each.name === name);
      return topic
        ? [`${topic.title}: \`shop-plan walk ${topic.lesson}\`, then \`shop-plan walk --drill ${name}\``]
        : [];
    });
    return [{ kind: 'item', title: 'To practise next, the weakest first:', lines }];
  }
  const isEarly = topics.every(({ isKnown }) => !isKnown);
  const text =
    isEarly || total.asked === 0
      ? `It is too early to say what to practise: that takes ${ANSWERS_MIN} answers to a topic.`
      : 'Every topic with enough answers sits. Keep at those that you have not been asked about yet.';
  return [{ kind: 'paragraph', text }];
}

/** `7 of 10 right, 1 of them skipped`. */
export function tallyText({ asked, right, skipped }: Tally): string {
  return `${right} of ${asked} right${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function titleOf(topic: string, names: readonly TopicNames[]): string {
  return names.find(({ name }) => name === topic)?.title ?? topic;
}

function shareOf({ share }: Tally): string {
  return share === null ? '-' : percentText(share);
}

function saysOf({ isKnown, asked }: TopicScore): string {
  if (asked === 0) return 'not asked yet';
  return isKnown ? '' : 'too early to tell';
}

function topicTable({ topics }: Score, names: readonly TopicNames[]): Block {
  return {
    kind: 'table',
    name: 'topics',
    columns: [
      { title: 'topic', flexible: true },
      { title: 'asked', align: 'right' },
      { title: 'right', align: 'right' },
      { title: 'share', align: 'right' },
      { title: '' },
    ],
    rows: topics.map((topic) => [
      titleOf(topic.topic, names),
      String(topic.asked),
      String(topic.right),
      shareOf(topic),
      saysOf(topic),
    ]),
    data: topics.map(({ topic, asked, right, skipped, share }) => ({ topic, asked, right, skipped, share })),
  };
}

function topicSentences({ topics }: Score, names: readonly TopicNames[]): Block[] {
  return topics.map((topic) => {
    const says = saysOf(topic);
    const counted = topic.asked === 0 ? says : `${tallyText(topic)}${says === '' ? '' : `, ${says}`}`;
    return { kind: 'item', title: `${titleOf(topic.topic, names)}: ${counted}.`, lines: [] };
  });
}

function trendText({ is, before, last }: Trend): string {
  const [first, now] = [before, last].map((share) => (share === null ? '' : percentText(share)));
  switch (is) {
    case 'too early':
      return 'Whether you get better shows after some more drills.';
    case 'the same':
      return `About the same: ${now} right in the last three drills, ${first} before.`;
    case 'better':
      return `Better: ${now} right in the last three drills, ${first} before.`;
    case 'worse':
      return `Less than before: ${now} right in the last three drills, ${first} before.`;
  }
}

/** The last ones, the newest first. */
function drillTable(drills: readonly DrillScore[], plain: boolean): Block[] {
  const shown = drills.slice(-DRILLS_MAX).toReversed();
  const title = drills.length > DRILLS_MAX ? `The last ${DRILLS_MAX} drills` : 'All drills';
  if (plain) {
    const lines = shown.map((drill) => `${dayOf(drill)}, seed ${drill.seed}: ${tallyText(drill)}.`);
    return [{ kind: 'item', title: `${title}, the newest first:`, lines }];
  }
  const rows = shown.map((drill) => [dayOf(drill), String(drill.seed), tallyText(drill)]);
  const data = shown.map(({ at, seed, asked, right, skipped }) => ({ at, seed, asked, right, skipped }));
  const columns = [{ title: 'began' }, { title: 'seed', align: 'right' as const }, { title: 'right' }];
  return [
    { kind: 'heading', text: title },
    { kind: 'table', name: 'drills', columns, rows, data },
  ];
}

function dayOf({ at }: DrillScore): string {
  return at.slice(0, 'yyyy-mm-ddThh:mm'.length).replace('T', ' ');
}
