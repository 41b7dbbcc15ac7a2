import { describe, expect, it } from 'vitest';
import { FRAMEWORK } from '../../model/decision/testing/framework.ts';
import { documentText } from '../document-text.ts';
import { PLAIN_80 } from '../style.ts';
import { decisionFindings } from './decision-findings.ts';
import { outcomeDocument } from './outcome-document.ts';

describe('outcomeDocument', () => {
  it('tells the way, where it parts from the documents, and what would have changed it', () => {
    const answers = { team: '12', scaling: 'no', availability: 'yes' };
    expect(documentText(outcomeDocument(FRAMEWORK, answers), PLAIN_80)).toBe(`Your outcome: Services
Several programs.

How you came there
team? 12 engineers, which is 10 engineers or more.
  so scaling
scaling? No.
  so availability
availability? Yes.
  so services

Beside the documents' own project
You part at “team?” There it is: 7 engineers. It ends with “A monolith”.

What would have changed it
- “team?” With the answer “below 10 engineers” it would be “A monolith”.
- “scaling?” With the answer “yes” the outcome would be the same.
- “availability?” With the answer “no” it would be “A monolith”.

Your last answer ends it with “Services”. What is not asked any more:
“deadline?” From there, “A monolith” is possible, too.
`);
  });

  it('says so when the documents go the same way', () => {
    const text = documentText(outcomeDocument(FRAMEWORK, { team: '7' }), PLAIN_80).replaceAll(/\s+/g, ' ');
    expect(text).toContain('Its answers lead the same way as yours. It ends with “A monolith”, as yours does.');
    expect(text).toContain('it could be “Services”, depending on questions that you were');
  });

  it('is empty while questions are open', () => expect(outcomeDocument(FRAMEWORK, { team: '12' })).toEqual([]));
});

describe('decisionFindings', () => {
  it('says what the tree decides without having asked', () => {
    expect(decisionFindings(FRAMEWORK)).toEqual([
      '“deadline?” decides nothing: both answers lead to the same end, “A monolith”.',
      '“team?” The answer “below 10 engineers” ends it with “A monolith”. The 3 questions behind it are not asked any more. From there, “Services” is possible, too.',
      '“scaling?” The answer “yes” ends it with “Services”. What is not asked any more: “availability?” and “deadline?” From there, “A monolith” is possible, too.',
      '“availability?” The answer “yes” ends it with “Services”. What is not asked any more: “deadline?” From there, “A monolith” is possible, too.',
    ]);
  });
});
