import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** The metrics of a service, in the format of Prometheus. */
export type ServiceMetrics = {
  observeResponse(labels: { method: string; route: string; status: number }, seconds: number): void
  countPublished(count: number): void
  countHandled(count: number): void
  countDeadLettered(count: number): void
  /** Adds a metric with one value for each label, read at each scrape; the values of a counter only grow. */
  labelled(kind: 'gauge' | 'counter', metric: { name: string; help: string; label: string; read: () => Record<string, number> }): void
  text(): Promise<string>
  contentType: string
}

const bucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** Opens the metrics of a service; the generation of the settings is read at each scrape. */
export function openMetrics(service: string, settings: { generation(): number; refusals(): number }): ServiceMetrics {
  const registry = new Registry()
  registry.setDefaultLabels({ service })
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const requests = new Histogram({
    name: 'repitbot_http_request_duration_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: bucketsSeconds,
    registers,
  })
  const counter = (name: string, help: string) => new Counter({ name, help, registers })
  const published = counter('repitbot_events_published_total', 'Events that left the outbox')
  const handled = counter('repitbot_events_handled_total', 'Events handled by the inbox, repeats among them')
  const deadLettered = counter('repitbot_events_dead_lettered_total', 'Events given up after the last attempt')
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  const histograms = new Map<string, { observe(seconds: number): void }>()
  /** Label sets are looked up once, so that a request costs only one observation. */
  const histogramOf = (method: string, route: string, status: number) => {
    const key = `${method} ${status} ${route}`
    const bound = histograms.get(key) ?? requests.labels({ method, route, status: String(status) })
    histograms.set(key, bound)
    return bound
  }
  gauge('repitbot_settings_generation', 'Generation of the live settings in this process', settings.generation)
  new Counter({
    name: 'repitbot_settings_refused_total',
    help: 'Settings refused while the last good ones stayed',
    registers,
    collect() {
      this.reset()
      this.inc(settings.refusals())
    },
  })
  return {
    observeResponse: ({ method, route, status }, seconds) => histogramOf(method, route, status).observe(seconds),
    countPublished: (count) => published.inc(count),
    countHandled: (count) => handled.inc(count),
    countDeadLettered: (count) => deadLettered.inc(count),
    labelled: (kind, { name, help, label, read }) =>
      void new (kind === 'counter' ? Counter : Gauge)({
        name,
        help,
        labelNames: [label],
        registers,
        collect() {
          this.reset()
          for (const [key, value] of Object.entries(read())) this.inc({ [label]: key }, value)
        },
      }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

export type ProcessMetrics = {
  counter<Label extends string>(name: string, help: string, labelNames?: Label[]): Counter<Label>
  gauge<Label extends string>(name: string, help: string, labelNames?: Label[]): Gauge<Label>
  histogram<Label extends string>(name: string, help: string, labelNames?: Label[]): Histogram<Label>
  text(): Promise<string>
  contentType: string
}

/** Opens the metrics of a process that is not a service, such as the operator: Node's own, and those that the process adds. */
export function openProcessMetrics(): ProcessMetrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    counter: (name, help, labelNames = []) => new Counter({ name, help, labelNames, registers }),
    gauge: (name, help, labelNames = []) => new Gauge({ name, help, labelNames, registers }),
    histogram: (name, help, labelNames = []) => new Histogram({ name, help, labelNames, registers, buckets: bucketsSeconds }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
