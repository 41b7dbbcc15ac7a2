import os from 'node:os';

/** What a measurement depends on besides the code: processor, memory, kernel, Node. */
export function environmentFacts(): Record<string, string> {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model.trim() ?? 'unknown',
    cores: String(os.availableParallelism()),
    memory: `${Math.round(os.totalmem() / 1e9)} GB`,
    kernel: `${os.type()} ${os.release()}`,
    node: process.version,
  };
}
