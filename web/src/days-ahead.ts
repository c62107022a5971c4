import { localDay } from '@repitbot/contracts/calendar'
import { boundsOf } from './time.ts'

const dayMs = 86_400_000
/** From the first instant of today to the last of so many days: the same all day long, so that the answer can be kept under its address. */
export function daysAhead(days: number, zone: string, back = 0): { from: string; until: string } {
  const day = (away: number) => localDay(Date.now() + away * dayMs, zone)
  return { from: boundsOf(day(-back), zone).from, until: boundsOf(day(days), zone).until }
}
