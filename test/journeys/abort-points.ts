import type { ServiceName } from '@repitbot/contracts/services'

/** A step of a service at which its process may end: before or after a statement or a word to the broker, in a transaction that `having` was part of. */
export type AbortPoint = {
  service: Exclude<ServiceName, 'user' | 'bot'>
  step: 'outbox' | 'commit' | 'inbox' | 'read' | 'publish' | 'confirms' | 'mark' | 'ack'
  when: 'before' | 'after'
  having?: 'outbox' | 'inbox'
  nth?: number
}

const relayed = {
  'with events read from the outbox and not yet published': { step: 'read', when: 'after' },
  'in the middle of publishing': { step: 'publish', when: 'after', nth: 2 },
  'published and not yet confirmed': { step: 'confirms', when: 'before' },
  'confirmed and not yet marked as published': { step: 'mark', when: 'before' },
  'marked as published': { step: 'mark', when: 'after' },
} as const
const heard = {
  'handed an event and nothing done': { step: 'inbox', when: 'before' },
  'between the inbox and the effect': { step: 'inbox', when: 'after' },
  'with the effect done and not committed': { step: 'commit', when: 'before', having: 'inbox' },
  'committed and not yet acknowledged': { step: 'commit', when: 'after', having: 'inbox' },
  acknowledged: { step: 'ack', when: 'after' },
} as const
const said = {
  'about to write the outbox': { step: 'outbox', when: 'before' },
  'with the outbox written and not committed': { step: 'commit', when: 'before', having: 'outbox' },
  'committed and not yet answered': { step: 'commit', when: 'after', having: 'outbox' },
} as const

const of = <P extends Omit<AbortPoint, 'service'>>(service: AbortPoint['service'], points: Record<string, P>) =>
  Object.entries(points).map(([name, point]): [string, AbortPoint] => [`${service}, ${name}`, { ...point, service }])

const only = <P extends object, K extends keyof P>(points: P, ...names: K[]): Pick<P, K> =>
  Object.fromEntries(names.map((name) => [name, points[name]])) as Pick<P, K>

/** From the tutor's request to the notice: places to die. */
export const abortPoints: [name: string, AbortPoint][] = [
  ...of('lesson', { ...said, ...relayed }),
  ...of('student', {
    ...only(heard, 'handed an event and nothing done', 'between the inbox and the effect', 'with the effect done and not committed'),
    ...only(heard, 'committed and not yet acknowledged', 'acknowledged'),
    ...only(relayed, 'confirmed and not yet marked as published'),
  }),
  ...of(
    'notification',
    only(heard, 'between the inbox and the effect', 'with the effect done and not committed', 'committed and not yet acknowledged'),
  ),
]
