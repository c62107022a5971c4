import { type Figures, openFigures } from '@repitbot/kit/metrics'
import type { Api } from './kernel/api.ts'
import type { QueueMetrics } from './kernel/queue.ts'

const controller = 'repitbot'

/** The figures of controller-runtime, under its names, so that dashboards made for other operators read ours. */
export function openOperatorMetrics(api: Api): { figures: Figures; queue: QueueMetrics; watch(read: () => Gauges): void } {
  const figures = openFigures()
  const reconciles = figures.counter('controller_runtime_reconcile_total', 'Turns by their result', ['controller', 'result'])
  const faults = figures.counter('controller_runtime_reconcile_errors_total', 'Turns that failed', ['controller'])
  const time = figures.histogram('controller_runtime_reconcile_time_seconds', 'Time of a turn', ['controller'])
  const adds = figures.counter('workqueue_adds_total', 'Keys added to the queue', ['name'])
  const retries = figures.counter('workqueue_retries_total', 'Keys that are tried again after a failure', ['name'])
  const waits = figures.histogram('workqueue_queue_duration_seconds', 'Time a key waits in the queue', ['name'])
  const works = figures.histogram('workqueue_work_duration_seconds', 'Time a key is worked on', ['name'])
  const requests = figures.counter('rest_client_requests_total', 'Requests to the API server', ['code', 'method'])
  api.onAnswer((method, code) => requests.inc({ method, code: code === 'none' ? '<error>' : `${code}` }))
  const name = controller
  return {
    figures,
    queue: {
      added: () => adds.inc({ name }),
      retried: () => retries.inc({ name }),
      began: (seconds) => waits.observe({ name }, seconds),
      ended(result, seconds) {
        reconciles.inc({ controller, result })
        if (result === 'error') faults.inc({ controller })
        time.observe({ controller }, seconds)
        works.observe({ name }, seconds)
      },
    },
    watch: (read) => watchGauges(figures, read),
  }
}

type Gauges = { depth: number; active: number; isLeader: boolean }

function watchGauges(figures: Figures, read: () => Gauges) {
  const gauge = (name: string, help: string, labels: Record<string, string>, value: (now: Gauges) => number) => {
    const made = figures.gauge(name, help, Object.keys(labels))
    // prom-client calls it at each scrape.
    Object.assign(made, { collect: () => made.set(labels, value(read())) })
  }
  gauge('workqueue_depth', 'Keys that wait', { name: controller }, ({ depth }) => depth)
  gauge('controller_runtime_active_workers', 'Keys that are worked on', { controller }, ({ active }) => active)
  gauge('leader_election_master_status', 'Whether this one leads', { name: controller }, ({ isLeader }) => (isLeader ? 1 : 0))
}
