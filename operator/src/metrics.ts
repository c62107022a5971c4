import { openProcessMetrics, type ProcessMetrics } from '@repitbot/kit/metrics'
import type { Api } from './kernel/api.ts'
import type { QueueMetrics } from './kernel/queue.ts'

const controller = 'repitbot'

/** The metrics of controller-runtime under the same names, so that dashboards made for other operators show this one too. */
export function openOperatorMetrics(api: Api): { process: ProcessMetrics; queue: QueueMetrics; watch(read: () => Gauges): void } {
  const metrics = openProcessMetrics()
  const reconciles = metrics.counter('controller_runtime_reconcile_total', 'Reconciliations by result', ['controller', 'result'])
  const faults = metrics.counter('controller_runtime_reconcile_errors_total', 'Reconciliations that failed', ['controller'])
  const time = metrics.histogram('controller_runtime_reconcile_time_seconds', 'Time of a reconciliation', ['controller'])
  const adds = metrics.counter('workqueue_adds_total', 'Keys added to the queue', ['name'])
  const retries = metrics.counter('workqueue_retries_total', 'Keys queued again after a failure', ['name'])
  const waits = metrics.histogram('workqueue_queue_duration_seconds', 'Time a key waits in the queue', ['name'])
  const works = metrics.histogram('workqueue_work_duration_seconds', 'Time a key is worked on', ['name'])
  const requests = metrics.counter('rest_client_requests_total', 'Requests to the API server', ['code', 'method'])
  api.onResponse((method, code) => requests.inc({ method, code: code === 'none' ? '<error>' : `${code}` }))
  const name = controller
  return {
    process: metrics,
    queue: {
      added: () => adds.inc({ name }),
      retried: () => retries.inc({ name }),
      started: (seconds) => waits.observe({ name }, seconds),
      ended(result, seconds) {
        reconciles.inc({ controller, result })
        if (result === 'error') faults.inc({ controller })
        time.observe({ controller }, seconds)
        works.observe({ name }, seconds)
      },
    },
    watch: (read) => watchGauges(metrics, read),
  }
}

type Gauges = { depth: number; active: number; isLeader: boolean }

function watchGauges(metrics: ProcessMetrics, read: () => Gauges) {
  const gauge = (name: string, help: string, labels: Record<string, string>, value: (now: Gauges) => number) => {
    const one = metrics.gauge(name, help, Object.keys(labels))
    // prom-client calls it at each scrape.
    Object.assign(one, { collect: () => one.set(labels, value(read())) })
  }
  gauge('workqueue_depth', 'Keys that wait', { name: controller }, ({ depth }) => depth)
  gauge('controller_runtime_active_workers', 'Keys that are worked on', { controller }, ({ active }) => active)
  gauge('leader_election_master_status', 'Whether this process leads', { name: controller }, ({ isLeader }) => (isLeader ? 1 : 0))
}
