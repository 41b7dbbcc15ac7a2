export { UsageError } from '../api/usage-error.ts';
