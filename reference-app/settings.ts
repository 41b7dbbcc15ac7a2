import { z } from 'zod';

/** Everything the service can be told, from the environment. Absent REDIS_URL means architecture step 1: no cache. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly jwtSecret: string;
  readonly bcryptCost: number;
  readonly databasePoolMax: number;
  readonly logLevel: string;
  readonly instanceId: string;
}

/** Settings that cannot be used: every problem at once, one line each. */
export class SettingsError extends Error {
  override name = 'SettingsError';
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const url = (protocol: RegExp, example: string) =>
  z.url({ protocol, error: `must be a URL like ${example}` }).refine((text) => !text.includes('\0'));
const integer = (from: number, to: number) => z.coerce.number<string>().int().min(from).max(to);

/** The pieces other entry points (the seed) share with the service. */
export const DATABASE_URL = url(/^postgres(ql)?$/, 'postgres://user@127.0.0.1:5432/shop');
/** RFC 7518, 3.2: a key for HS256 has at least as many bits as the hash, 32 bytes. */
export const JWT_SECRET = z.string('is required').min(32, 'must have at least 32 characters');
/** Below 4 bcrypt refuses; above 14 one login takes a second or more. */
export const BCRYPT_COST = integer(4, 14).default(10);

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: integer(1, 65_535),
  DATABASE_URL,
  REDIS_URL: url(/^rediss?$/, 'redis://127.0.0.1:6379').optional(),
  JWT_SECRET,
  BCRYPT_COST,
  DB_POOL_MAX: integer(1, 500).default(10),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('warn'),
  INSTANCE_ID: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 of A-Z a-z 0-9 _ . -')
    .default('app'),
});

/** Reads the service's settings. An empty variable counts as absent. Throws a `SettingsError` naming all problems. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const read = readEnvironment(environment, env);
  return {
    host: read.HOST,
    port: read.PORT,
    databaseUrl: read.DATABASE_URL,
    redisUrl: read.REDIS_URL,
    jwtSecret: read.JWT_SECRET,
    bcryptCost: read.BCRYPT_COST,
    databasePoolMax: read.DB_POOL_MAX,
    logLevel: read.LOG_LEVEL,
    instanceId: read.INSTANCE_ID,
  };
}

/** Reads the variables that a schema names. Throws a `SettingsError` naming all problems; values are never repeated in it. */
export function readEnvironment<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape>,
  env: Readonly<Record<string, string | undefined>>,
): z.output<z.ZodObject<Shape>> {
  const present = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const read = schema.safeParse(present);
  if (read.success) return read.data;
  throw new SettingsError(
    read.error.issues.map((issue) => `${issue.path.join('.')}: ${describe(issue, present[String(issue.path[0])])}`),
  );
}

function describe(issue: z.core.$ZodIssue, given: unknown): string {
  return given === undefined ? 'is required' : issue.message;
}
