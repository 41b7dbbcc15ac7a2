import type { Block } from '../document.ts';
import type { StepPicture } from './step-picture.ts';
import { topologyDrawing } from './topology-drawing.ts';
import { topologyMermaid } from './topology-mermaid.ts';
import { topologySentences } from './topology-sentences.ts';

/** Where a document is read: terminals draw, Markdown has Mermaid. */
export type Medium = 'terminal' | 'markdown';

/** A step's name, and its picture for those who see it and for those who hear it. */
export function topologyBlocks(picture: StepPicture, medium: Medium): Block[] {
  const says = topologySentences(picture);
  return [
    { kind: 'paragraph', text: `Step ${picture.step}: ${picture.name}. Figures are those of the peak.` },
    medium === 'terminal'
      ? { kind: 'drawing', text: topologyDrawing(picture), says }
      : { kind: 'drawing', text: topologyMermaid(picture), language: 'mermaid', says },
  ];
}
