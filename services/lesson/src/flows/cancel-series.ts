import { localDay } from '@repitbot/contracts/calendar'
import type { Caller } from '@repitbot/contracts/endpoint'
import type { SeriesCancel } from '@repitbot/contracts/series'
import { orThrow } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import { cancel } from '../rules/cancel.ts'
import { cancelSeries } from '../rules/change-series.ts'
import { startOf } from '../rules/series.ts'
import type { Series } from '../rules/series-lessons.ts'
import { checkStart } from './check-plan.ts'
import { findSeriesDay } from './find-series-day.ts'

/** Calls off one lesson of a series, that one and all after it, or all that are ahead. */
export function cancelSeriesFrom({ store, now }: Deps, caller: Caller, request: SeriesCancel & { seriesId: string }): Promise<Series> {
  const { seriesId, scope, on, reason, makeUpCredit } = request
  const details = { by: caller.userId, reason, makeUpCredit }
  return store.changeSeries(caller, seriesId, async (locked) => {
    const { series } = locked
    if (on) checkStart(startOf(series.rule, on), now(), 'on')
    if (scope === 'this' && on) {
      const { lesson, added } = await findSeriesDay(locked, on)
      const outcome = orThrow(cancel(lesson, details, now()))
      if (!added) return { series, changed: [outcome], added: [] }
      return { series, changed: [], added: [{ lesson: outcome.lesson, events: [...added.events, ...outcome.events] }] }
    }
    const today = localDay(now(), series.rule.zone)
    const since = on && on > today ? on : today
    return cancelSeries(series, await locked.lessons(since), { since, today, now: now(), ...details })
  })
}
