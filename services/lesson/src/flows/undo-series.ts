import type { Caller } from '@repitbot/contracts/endpoint'
import { checkVersion, Failure } from '@repitbot/kit/failure'
import type { Deps } from '../deps.ts'
import type { Series } from '../rules/series-lessons.ts'
import { undoSeries } from '../rules/undo-series.ts'

/** Takes back the last change of a series or its cancellation, with all its lessons. */
export const undoSeriesChange = (
  { store, now }: Deps,
  caller: Caller,
  { seriesId, version }: { seriesId: string; version: number },
): Promise<Series> =>
  store.undoSeries(caller, seriesId, ({ series, former, origin, lessons, people }) => {
    checkVersion(series, version)
    if (!former) throw new Failure('too_late_to_undo')
    if (origin && former.endedVersion) checkVersion(origin, former.endedVersion)
    return undoSeries({ series, origin, former, lessons, people }, { by: caller.userId, now: now() })
  })
