/** Whoever said nothing of it is left in peace at night. The same two times mean that nothing is quiet. */
const usual = { from: '22:00', until: '08:00' }
export type Sleeper = { zone: string; quietHours: { from: string; until: string } | null }

/** The quiet time that an instant falls in, in the person's zone, or nothing. */
export function quietAt(at: Date, { zone, quietHours }: Sleeper): { from: Date; until: Date } | undefined {
  const [from, until] = [quietHours?.from, quietHours?.until].map((time, n) =>
    Temporal.PlainTime.from(time ?? (n ? usual.until : usual.from)),
  )
  if (!from || !until || from.equals(until)) return undefined
  const local = at.toTemporalInstant().toZonedDateTimeISO(zone)
  const time = local.toPlainTime()
  const isPast = (other: Temporal.PlainTime) => Temporal.PlainTime.compare(time, other) >= 0
  const wraps = Temporal.PlainTime.compare(from, until) > 0
  if (wraps ? !isPast(from) && isPast(until) : !isPast(from) || isPast(until)) return undefined
  const today = local.toPlainDate()
  const begins = wraps && !isPast(from) ? today.subtract({ days: 1 }) : today
  const ends = wraps && isPast(from) ? today.add({ days: 1 }) : today
  const instant = (day: Temporal.PlainDate, plainTime: Temporal.PlainTime) =>
    new Date(day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds)
  return { from: instant(begins, from), until: instant(ends, until) }
}

/** The next time that the person's wall shows `time`, after an instant; on a Sunday when it is for a week. */
export function nextAt(after: Date, { zone }: Pick<Sleeper, 'zone'>, time: string, every: 'day' | 'week'): Date {
  const local = after.toTemporalInstant().toZonedDateTimeISO(zone)
  for (let days = 0; ; days++) {
    const day = local.toPlainDate().add({ days })
    const at = new Date(day.toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) }).epochMilliseconds)
    if (at > after && (every === 'day' || day.dayOfWeek === 7)) return at
  }
}

export const localDay = (at: Date, zone: string): string => at.toTemporalInstant().toZonedDateTimeISO(zone).toPlainDate().toString()
