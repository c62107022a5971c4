import type { ServiceName } from '@repitbot/contracts/services'

/**
 * A step at which a service's process is killed: before or after a statement or a call of the broker. With `having`, only in a
 * transaction that has already written the inbox or the outbox. `nth` counts the times that the step is reached.
 */
export type AbortPoint = {
  service: Exclude<ServiceName, 'user' | 'bot'>
  step: 'outbox' | 'commit' | 'inbox' | 'read' | 'publish' | 'confirms' | 'mark' | 'ack'
  when: 'before' | 'after'
  having?: 'outbox' | 'inbox'
  nth?: number
}

const publishing = {
  'with events read from the outbox and not yet published': { step: 'read', when: 'after' },
  'in the middle of publishing': { step: 'publish', when: 'after', nth: 2 },
  'published and not yet confirmed': { step: 'confirms', when: 'before' },
  'confirmed and not yet marked as published': { step: 'mark', when: 'before' },
  'marked as published': { step: 'mark', when: 'after' },
} as const
const consuming = {
  'before it does anything with an event': { step: 'inbox', when: 'before' },
  'between the inbox and the effect': { step: 'inbox', when: 'after' },
  'with the effect done and not committed': { step: 'commit', when: 'before', having: 'inbox' },
  'committed and not yet acknowledged': { step: 'commit', when: 'after', having: 'inbox' },
  acknowledged: { step: 'ack', when: 'after' },
} as const
const answering = {
  'about to write the outbox': { step: 'outbox', when: 'before' },
  'with the outbox written and not committed': { step: 'commit', when: 'before', having: 'outbox' },
  'committed and not yet answered': { step: 'commit', when: 'after', having: 'outbox' },
} as const

const of = <P extends Omit<AbortPoint, 'service'>>(service: AbortPoint['service'], points: Record<string, P>) =>
  Object.entries(points).map(([name, point]): [string, AbortPoint] => [`${service}, ${name}`, { ...point, service }])

const only = <P extends object, K extends keyof P>(points: P, ...names: K[]): Pick<P, K> =>
  Object.fromEntries(names.map((name) => [name, points[name]])) as Pick<P, K>

/** Every step at which a service is killed, from the tutor's request to the notice. */
export const abortPoints: [name: string, AbortPoint][] = [
  ...of('lesson', { ...answering, ...publishing }),
  ...of('student', {
    ...only(
      consuming,
      'before it does anything with an event',
      'between the inbox and the effect',
      'with the effect done and not committed',
    ),
    ...only(consuming, 'committed and not yet acknowledged', 'acknowledged'),
    ...only(publishing, 'confirmed and not yet marked as published'),
  }),
  ...of(
    'notification',
    only(consuming, 'between the inbox and the effect', 'with the effect done and not committed', 'committed and not yet acknowledged'),
  ),
]
