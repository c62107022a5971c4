import type { ConsumedEvent, EventName } from '@repitbot/contracts/events'
import { schoolsOf } from '@repitbot/kit/database'
import type { Deps, Unit } from '../deps.ts'
import { noticeRows } from '../rules/notices.ts'
import { keysToEnd } from '../rules/voids.ts'
import { type NoticeRequest, notifyPeople } from './notify-people.ts'

/** Ends the notices that these events make untrue, and saves those that come after them. */
export const consumeEvents = <N extends EventName>(deps: Deps, name: N, batch: ConsumedEvent<N>[]) =>
  deps.store.transaction(schoolsOf(batch), (unit) => notifyOfEvents(deps, unit, name, batch))

export async function notifyOfEvents<N extends EventName>(deps: Deps, unit: Unit, name: N, batch: ConsumedEvent<N>[]): Promise<void> {
  const ended = await unit.endNotices(keysToEnd(name, batch), deps.now())
  const requests = noticeRows.flatMap(([code, { after }]): NoticeRequest[] => {
    const about = after?.[name]
    return about ? batch.map((event) => ({ code, source: event, abouts: about(event) })) : []
  })
  await notifyPeople(deps, unit, requests, ended)
}
