/** What a learner can do on a page. */
export type Action = 'next' | 'back' | 'hint' | 'answer' | 'reveal' | 'try' | 'diagram' | 'list' | 'keys' | 'quit';

interface KeyFacts {
  readonly letter: string;
  /** As prompts name it. */
  readonly word: string;
  readonly does: string;
  /** Why a page may not have it. */
  readonly lacks: string;
}

/** In the order in which prompts name them. */
const KEYS: Readonly<Record<Action, KeyFacts>> = {
  next: {
    letter: 'n',
    word: 'next',
    does: 'opens the next page, and after the last one the next lesson',
    lacks: 'This is the last page of all',
  },
  back: {
    letter: 'b',
    word: 'back',
    does: 'opens the page before',
    lacks: 'This is the first page of its lesson',
  },
  hint: {
    letter: 'h',
    word: 'hint',
    does: 'gives a hint to the question on this page',
    lacks: 'On this page there is no hint',
  },
  answer: {
    letter: 'a',
    word: 'answer',
    does: 'takes your answer to what this page asks, and says how near it is',
    lacks: 'On this page nothing is asked',
  },
  reveal: {
    letter: 'a',
    word: 'show answer',
    does: 'shows an answer to what this page asks; think of your own first',
    lacks: 'On this page nothing is asked',
  },
  try: {
    letter: 't',
    word: 'try it',
    does: 'breaks the system under load and mends it, in less than a minute',
    lacks: 'On this page there is nothing to try',
  },
  diagram: {
    letter: 'm',
    word: 'Mermaid',
    does: 'writes the diagram as Mermaid, for documents of your own',
    lacks: 'On this page there is no diagram',
  },
  list: { letter: 'l', word: 'list', does: 'lists all lessons and lets you choose one', lacks: '' },
  keys: { letter: '?', word: 'keys', does: 'says what each key does', lacks: '' },
  quit: { letter: 'q', word: 'quit', does: 'ends the walk; `shop-plan walk` goes on here', lacks: '' },
};
const ACTIONS = Object.keys(KEYS) as readonly Action[];

/** What a page has to offer. */
export interface PageFacts {
  readonly hasNext: boolean;
  readonly hasBack: boolean;
  /** A question stands open. */
  readonly asks: boolean;
  /** Its answer is a number that can be guessed. */
  readonly guesses: boolean;
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
    answer: !page.guesses && !page.decides,
    reveal: !page.asks || page.guesses,
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
  const what = known === undefined ? 'That key does nothing here' : KEYS[known].lacks;
  return `${what}; press ${letters.slice(0, -1).join(', ')} or ${letters.at(-1)}.`;
}

/** One line for each key of a page. */
export function keysText(offered: readonly Action[]): string {
  return offered.map((action) => `${KEYS[action].letter}  ${KEYS[action].does}.\n`).join('');
}
