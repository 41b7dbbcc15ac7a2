export { stepOf } from '../api/step-of.ts';
