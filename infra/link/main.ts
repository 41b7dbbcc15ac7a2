import { z } from 'zod';
import { createControl } from './control.ts';
import { Link } from './link.ts';

const port = z.coerce.number<string>().int().min(1).max(65_535);
const env = z
  .object({
    /** Where those connect who are far away. */
    PORT: port,
    /** Where conditions are told and changed. */
    CONTROL_PORT: port,
    /** Ports of what they connect to, by commas. */
    TARGET_PORTS: z
      .string()
      .transform((text) => text.split(','))
      .pipe(z.array(port).min(1)),
    DELAY_MS: z.coerce.number<string>().min(0),
  })
  .parse(process.env);

const near = { bandwidth_bytes_per_s: null, cut: false, black_hole: false };
const link = new Link(env.TARGET_PORTS, { ...near, delay_ms: env.DELAY_MS });
const control = createControl(link);
link.server.listen(env.PORT, '127.0.0.1');
control.listen(env.CONTROL_PORT, '127.0.0.1');
process.once('SIGTERM', () => process.exit(0));
