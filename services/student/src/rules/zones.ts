import { instantOf, offsetMsAt } from '@repitbot/contracts/calendar'
/** A zone that the student moved to: from the card of this version, since then (epoch ms). The first one also covers all time before. */
export type ZoneChange = { version: number; zone: string; since: number }
/** Where a student's days begin and end. */
export type Calendar = { zones: readonly ZoneChange[]; dayStartHour: number }
type Span = { zone: string; from: number }

const msPerDay = 86_400_000
/** A zone changed again within a week waits for the week's end: otherwise days could be gained by changing it to and fro. */
const msBetweenChanges = 7 * msPerDay

/** The day (days since 1970-01-01) that an instant belongs to, by the zone the student was in then; null when no zone is known. */
export function dayOf(at: number, calendar: Calendar): number | null {
  const zone = zoneAt(at, calendar)
  return zone === undefined ? null : localDay(at, zone, calendar.dayStartHour)
}

/** When the student's next day begins (epoch ms). */
export function nextDayStart(at: number, calendar: Calendar): number {
  const zone = zoneAt(at, calendar) ?? 'UTC'
  return dayStart(localDay(at, zone, calendar.dayStartHour) + 1, zone, calendar.dayStartHour)
}

/** When it is this hour by the student's zone, on the day that `at` belongs to (epoch ms). */
export function wallAt(at: number, hour: number, calendar: Calendar): number {
  const zone = zoneAt(at, calendar) ?? 'UTC'
  return dayStart(localDay(at, zone, calendar.dayStartHour), zone, hour)
}

/** Days that a change of zone jumped over; they count as paused. */
export function skippedDays(calendar: Calendar): number[] {
  const skipped: number[] = []
  const spans = spansOf(calendar)
  for (const [index, { zone, from }] of spans.entries()) {
    const before = spans[index - 1]
    if (!before) continue
    const last = localDay(from - 1, before.zone, calendar.dayStartHour)
    for (let day = last + 1; day < localDay(from, zone, calendar.dayStartHour); day++) skipped.push(day)
  }
  return skipped
}

/** The history with one more card's zone in it; cards may come late, twice and in any order. */
export function withZone(zones: readonly ZoneChange[], change: ZoneChange): ZoneChange[] {
  if (zones.some(({ version }) => version === change.version)) return [...zones]
  const sorted = [...zones, change].sort((a, b) => a.version - b.version)
  // Of neighbours with the same zone the first and the last stay: a different card may still come in between.
  return sorted.filter(({ zone }, index) => zone !== sorted[index - 1]?.zone || zone !== sorted[index + 1]?.zone)
}

export const dateOf = (day: number): string => new Date(day * msPerDay).toISOString().slice(0, 10)
export const dayOfDate = (date: string): number => Date.parse(`${date}T00:00:00Z`) / msPerDay

function zoneAt(at: number, calendar: Calendar): string | undefined {
  if (calendar.zones.length < 2) return calendar.zones[0]?.zone
  return spansOf(calendar).findLast(({ from }) => from <= at)?.zone
}

/** A change takes effect with the next local day, also when it had to wait for a week's end: so no day is cut in two. */
function spansOf({ zones, dayStartHour }: Calendar): Span[] {
  const spans: Span[] = []
  for (const { zone, since } of zones) {
    const last = spans.at(-1)
    if (!last) spans.push({ zone, from: Number.NEGATIVE_INFINITY })
    else if (since <= last.from) last.zone = zone
    else if (zone !== last.zone)
      spans.push({ zone, from: nextStart(Math.max(since, last.from + msBetweenChanges - 1), last.zone, dayStartHour) })
  }
  return spans
}

const nextStart = (at: number, zone: string, hour: number) => dayStart(localDay(at, zone, hour) + 1, zone, hour)

function localDay(at: number, zone: string, dayStartHour: number): number {
  return Math.floor((Math.floor(at) + offsetMsAt(at, zone) - dayStartHour * 3_600_000) / msPerDay)
}

function dayStart(day: number, zone: string, dayStartHour: number): number {
  return instantOf(dateOf(day), `${String(dayStartHour).padStart(2, '0')}:00`, zone).getTime()
}
