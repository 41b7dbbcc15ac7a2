/** So many calls in a window, which begins with the first of them. */
export interface Limit {
  readonly calls: number;
  readonly window_s: number;
}

/**
 * How often the shop may be called: by one user, from one address, and at what is dear or worth guessing at. Those of users,
 * of addresses, of logging in and of searching are the documents'; the other two follow from them: opening an account and
 * changing a password cost a password hash, as logging in does.
 */
export const LIMITS = {
  user: { calls: 1_000, window_s: 60 },
  address: { calls: 2_000, window_s: 300 },
  login: { calls: 5, window_s: 60 },
  register: { calls: 5, window_s: 60 },
  profile: { calls: 5, window_s: 60 },
  search: { calls: 100, window_s: 60 },
} as const satisfies Record<string, Limit>;
export type LimitName = keyof typeof LIMITS;
// Object.keys types its result as any strings.
export const LIMIT_NAMES = Object.keys(LIMITS) as readonly LimitName[];

/** Who is counted: an address, or the user where there is one. */
type By = 'address' | 'caller';

/** The routes with a limit of their own, beyond those that hold for all. */
export const LIMITED_ROUTES: readonly { method: 'get' | 'post' | 'patch'; path: string; limit: LimitName; by: By }[] = [
  { method: 'post', path: '/api/v1/auth/login', limit: 'login', by: 'address' },
  { method: 'post', path: '/api/v1/auth/register', limit: 'register', by: 'address' },
  { method: 'patch', path: '/api/v1/users/me', limit: 'profile', by: 'caller' },
  { method: 'get', path: '/api/v1/search', limit: 'search', by: 'caller' },
];

/**
 * What is not counted: those who watch over the instance, the payment provider, and the services among each other. All of
 * them come from few addresses, and the latter two sign in with a secret.
 */
export const UNLIMITED = /^(?:\/api\/v1)?\/(?:health|ready|metrics)$|^\/api\/v1\/webhooks\/|^\/internal\//;
