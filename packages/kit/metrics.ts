import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** A house's figures, as Prometheus reads them. */
export type HouseMetrics = {
  answered(labels: { method: string; route: string; status: number }, seconds: number): void
  published(count: number): void
  heard(count: number): void
  parked(count: number): void
  /** A figure of each of several things, read at each scrape. */
  each(name: string, help: string, label: string, read: () => Record<string, number>): void
  text(): Promise<string>
  contentType: string
}

const bucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

/** The settings are read at each scrape. */
export function openMetrics(house: string, settings: { generation(): number; refusals(): number }): HouseMetrics {
  const registry = new Registry()
  registry.setDefaultLabels({ house })
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const requests = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from a request to its answer',
    labelNames: ['method', 'route', 'status'],
    buckets: bucketsSeconds,
    registers,
  })
  const counter = (name: string, help: string) => new Counter({ name, help, registers })
  const published = counter('events_published_total', 'Events that left the outbox')
  const heard = counter('events_heard_total', 'Events handled by the inbox, repeats among them')
  const parked = counter('events_parked_total', 'Events given up after the last attempt')
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read())
      },
    })
  const answers = new Map<string, { observe(seconds: number): void }>()
  /** Labels are looked up once; a request costs only its own figure. */
  const answersOf = (method: string, route: string, status: number) => {
    const key = `${method} ${status} ${route}`
    const bound = answers.get(key) ?? requests.labels({ method, route, status: String(status) })
    answers.set(key, bound)
    return bound
  }
  gauge('settings_generation', 'Generation of the live settings in this process', settings.generation)
  gauge('settings_refused', 'Settings files refused while the last good ones stayed', settings.refusals)
  return {
    answered: ({ method, route, status }, seconds) => answersOf(method, route, status).observe(seconds),
    published: (count) => published.inc(count),
    heard: (count) => heard.inc(count),
    parked: (count) => parked.inc(count),
    each: (name, help, label, read) =>
      void new Gauge({
        name,
        help,
        labelNames: [label],
        registers,
        collect() {
          for (const [one, value] of Object.entries(read())) this.set({ [label]: one }, value)
        },
      }),
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}
