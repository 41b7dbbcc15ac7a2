/** How a request ended, as small integers: what the kernel hands over and the recorder counts by. */
export const OK = 0;
export const HTTP_ERROR = 1;
export const TIMEOUT = 2;
export const RESET = 3;
/** Number of the above. */
export const OUTCOMES = 4;
