/** The parts of the Compose specification that are used here (github.com/compose-spec/compose-spec). */
export interface ComposeFile {
  readonly services: Readonly<Record<string, ComposeService>>;
  readonly networks: Readonly<Record<string, { readonly internal?: boolean } | null>>;
  readonly volumes: Readonly<Record<string, null>>;
}

export interface ComposeService {
  readonly image: string;
  readonly build?: { readonly context: string };
  readonly hostname?: string;
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: Condition }>>;
  readonly healthcheck?: Healthcheck;
  readonly ports?: readonly string[];
  readonly volumes?: readonly string[];
  readonly tmpfs?: readonly string[];
  readonly networks: readonly string[];
  /** A first process that passes signals on and reaps what others leave. */
  readonly init: boolean;
  readonly restart: 'unless-stopped' | 'no';
  readonly read_only?: boolean;
  readonly cap_drop?: readonly string[];
  readonly security_opt: readonly string[];
  readonly stop_grace_period: string;
  readonly ulimits: { readonly nofile: number };
  readonly deploy: { readonly resources: { readonly limits: Limits } };
  readonly labels: Readonly<Record<string, string>>;
}

export type Condition = 'service_healthy' | 'service_completed_successfully';

export interface Limits {
  readonly memory: string;
  readonly cpus?: string;
}

export interface Healthcheck {
  readonly test: readonly string[];
  readonly interval: string;
  readonly timeout: string;
  readonly retries: number;
  readonly start_period: string;
}

/** What one tier adds to a project. */
export interface Part {
  readonly services: Readonly<Record<string, ComposeService>>;
  /** Text of the files that its containers mount, by their path in the project. */
  readonly files?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
}
