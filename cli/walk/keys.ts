/** What a learner can do on a page. */
export type Action = 'next' | 'back' | 'hint' | 'answer' | 'try' | 'diagram' | 'list' | 'keys' | 'quit';

interface KeyFacts {
  readonly letter: string;
  /** As prompts name it. */
  readonly word: string;
  readonly does: string;
}

/** In the order in which prompts name them. */
const KEYS: Readonly<Record<Action, KeyFacts>> = {
  next: { letter: 'n', word: 'next', does: 'opens the next page, and after the last one the next lesson' },
  back: { letter: 'b', word: 'back', does: 'opens the page before' },
  hint: { letter: 'h', word: 'hint', does: 'gives a hint to the question on this page' },
  answer: { letter: 'a', word: 'answer', does: 'takes your answer to what this page asks, and says how near it is' },
  try: { letter: 't', word: 'try it', does: 'breaks the system under load and mends it, in less than a minute' },
  diagram: { letter: 'm', word: 'Mermaid', does: 'writes the diagram as Mermaid, for documents of your own' },
  list: { letter: 'l', word: 'list', does: 'lists all lessons and lets you choose one' },
  keys: { letter: '?', word: 'keys', does: 'says what each key does' },
  quit: { letter: 'q', word: 'quit', does: 'ends the walk; `shop-plan walk` goes on here' },
};
const ACTIONS = Object.keys(KEYS) as readonly Action[];

/** What a page has to offer. */
export interface PageFacts {
  readonly hasNext: boolean;
  readonly hasBack: boolean;
  /** A question stands open. */
  readonly asks: boolean;
  readonly decides: boolean;
  readonly hasExperiment: boolean;
  readonly hasDiagram: boolean;
}

/** The actions of a page, in the order of its prompt. */
export function offeredOn(page: PageFacts): Action[] {
  const without: Partial<Record<Action, boolean>> = {
    next: !page.hasNext,
    back: !page.hasBack,
    hint: !page.asks,
    answer: !page.asks && !page.decides,
    try: !page.hasExperiment,
    diagram: !page.hasDiagram,
  };
  return ACTIONS.filter((action) => without[action] !== true);
}

/** `n next, l list, ? keys, q quit: ` */
export function promptFor(offered: readonly Action[]): string {
  return `${offered.map((action) => `${KEYS[action].letter} ${KEYS[action].word}`).join(', ')}: `;
}

/** The action that a key stands for, by its letter or by its word; undefined for all other keys. */
export function actionFor(key: string, offered: readonly Action[]): Action | undefined {
  return offered.find((action) => key === KEYS[action].letter || key === KEYS[action].word.toLowerCase());
}

/** Why a key did nothing, and what does something. */
export function notOffered(key: string, offered: readonly Action[]): string {
  const letters = offered.map((action) => KEYS[action].letter);
  const known = ACTIONS.find((action) => KEYS[action].letter === key);
  const what = known === undefined ? 'That key does nothing here' : `There is no ${KEYS[known].word} on this page`;
  return `${what}; press ${letters.slice(0, -1).join(', ')} or ${letters.at(-1)}.`;
}

/** One line for each key of a page. */
export function keysText(offered: readonly Action[]): string {
  return offered.map((action) => `${KEYS[action].letter}  ${KEYS[action].does}.\n`).join('');
}
