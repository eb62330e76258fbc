import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/**
 * The process's Prometheus registry. Modules make their own counters on it, once, with `counter`, `gauge` and
 * `histogram`; asking again for a name gives the same metric.
 */
export class Metrics {
  readonly registry = new Registry();

  constructor(options: { readonly withProcess: boolean } = { withProcess: true }) {
    if (options.withProcess) collectDefaultMetrics({ register: this.registry, prefix: "bodega_" });
  }

  counter<Label extends string>(name: string, help: string, labelNames: readonly Label[] = []): Counter<Label> {
    return this.#once(name, () => new Counter({ name, help, labelNames: [...labelNames], registers: [this.registry] }));
  }

  /** `collect` is asked at each scrape; use it for what the database knows. */
  gauge<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
    collect?: (gauge: Gauge<Label>) => Promise<void>,
  ): Gauge<Label> {
    return this.#once(
      name,
      () =>
        new Gauge<Label>({
          name,
          help,
          labelNames: [...labelNames],
          registers: [this.registry],
          ...(collect && {
            async collect(this: Gauge<Label>) {
              await collect(this);
            },
          }),
        }),
    );
  }

  /** Buckets in seconds. */
  histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[] = [],
    buckets: readonly number[] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
  ): Histogram<Label> {
    return this.#once(
      name,
      () =>
        new Histogram({
          name,
          help,
          labelNames: [...labelNames],
          buckets: [...buckets],
          registers: [this.registry],
        }),
    );
  }

  #once<M>(name: string, make: () => M): M {
    return (this.registry.getSingleMetric(name) as M | undefined) ?? make();
  }
}
