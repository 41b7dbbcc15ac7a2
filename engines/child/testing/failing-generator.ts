import { serve } from '../serve.ts';

// A generator that cannot do its job and says so.
serve(() => Promise.reject(new Error('no can do')));
