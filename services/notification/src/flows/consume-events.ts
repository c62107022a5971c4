import type { ConsumedEvent, EventName } from '@repitbot/contracts/events'
import { schoolsOf } from '@repitbot/kit/database'
import type { Deps, Unit } from '../deps.ts'
import { noticeRows } from '../rules/notices.ts'
import { voidedBy } from '../rules/voids.ts'
import { type Telling, tellPeople, wakeReaders } from './tell-people.ts'

/** Ends the notices that these events make untrue, and tells what comes after them. */
export const consumeEvents = <N extends EventName>(deps: Deps, name: N, batch: ConsumedEvent<N>[]) =>
  deps.store.transaction(schoolsOf(batch), (unit) => tellEvents(deps, unit, name, batch))

export async function tellEvents<N extends EventName>(deps: Deps, unit: Unit, name: N, batch: ConsumedEvent<N>[]): Promise<void> {
  wakeReaders(deps, unit, await unit.endNotices(voidedBy(name, batch), deps.now()))
  const tellings = noticeRows.flatMap(([code, { after }]): Telling[] => {
    const about = after?.[name]
    return about ? batch.map((event) => ({ code, source: event, abouts: about(event) })) : []
  })
  await tellPeople(deps, unit, tellings)
}
