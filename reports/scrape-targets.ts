/** A group of targets as Prometheus reads them from a file (`file_sd_config`). */
export interface ScrapeTarget {
  readonly targets: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
}

interface Scraped {
  readonly id: string;
  readonly tier: string;
  readonly metrics_url?: string;
}

/** Every process with metrics in Prometheus' format, under its own name. nginx's page of figures is in a format of its own. */
export function scrapeTargets(stack: string, processes: readonly Scraped[]): ScrapeTarget[] {
  return processes.flatMap(({ id, tier, metrics_url }) => {
    const url = metrics_url === undefined ? undefined : new URL(metrics_url);
    if (url?.pathname !== '/metrics') return [];
    return [{ targets: [url.host], labels: { instance: id, tier, stack } }];
  });
}
