import { key } from './key.ts';
import { TEXT } from './scalars.ts';

export const TITLE = key(TEXT, 'As reports show it', 'Requests at the peak').optional();
export const SOURCE = key(TEXT, 'Where it comes from: a document and its section', 'summary, Traffic').optional();
export const NOTE = key(TEXT, 'Why it is so', 'measured in May').optional();
