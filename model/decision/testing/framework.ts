import type { Branch, Decision, DecisionQuestion } from '../decision.ts';

function to(id: string): Branch {
  return { to: id, because: `so ${id}` };
}

function question(id: string, yes: string, no: string, more: Partial<DecisionQuestion> = {}): DecisionQuestion {
  return {
    id,
    asks: `${id}?`,
    hint: `think of ${id}`,
    number: null,
    yes: to(yes),
    no: to(no),
    documents: null,
    ...more,
  };
}

/** The documents' tree between one program and several services, with short texts. */
export const FRAMEWORK: Decision = {
  title: 'Monolith or services?',
  questions: [
    question('team', 'monolith', 'scaling', {
      number: { unit: 'engineer', below: 10, shown: '10 engineers' },
      documents: { yes: true, shown: '7 engineers' },
    }),
    question('scaling', 'services', 'availability', { documents: { yes: false, shown: 'no' } }),
    question('availability', 'services', 'deadline'),
    question('deadline', 'monolith', 'monolith', {
      number: { unit: 'week', below: 4, shown: '4 weeks' },
      documents: { yes: false, shown: '16 weeks' },
    }),
  ],
  outcomes: [
    { id: 'monolith', title: 'A monolith', text: 'One program.' },
    { id: 'services', title: 'Services', text: 'Several programs.' },
  ],
};
