import type { Me } from '@repitbot/contracts/auth'
import { localDay } from '@repitbot/contracts/calendar'
import type { Person } from '@repitbot/contracts/people'
import { api } from '../clients.ts'
import { boundsOf, momentText } from '../time.ts'
import { translate } from '../words.ts'

const dayMs = 86_400_000
/** How many days before and after today are searched. */
const aroundDays = 60

export type Found = { id: string; kind: 'person' | 'lesson'; title: string; about: string; words: string }

/** All lessons around today, the nearest first, read to the end. */
export async function lessonsAround({ card: { role, zone } }: Me): Promise<Found[]> {
  const day = (days: number) => localDay(Date.now() + days * dayMs, zone)
  const span = { from: boundsOf(day(-aroundDays), zone).from, until: boundsOf(day(aroundDays), zone).until }
  const gives = role === 'tutor' || role === 'admin'
  const lessonsAfter = (after?: string) => (gives ? api.lessons : api.familyLessons).list({ ...span, limit: 500, after })
  const lessons = await toTheEnd(lessonsAfter)
  const awayOf = ({ startsAt }: { startsAt: string }) => Math.abs(Date.parse(startsAt) - Date.now())
  return lessons
    .sort((one, other) => awayOf(one) - awayOf(other))
    .map(({ id, subject, topic = '', startsAt, students, tutorName }) => {
      const title = topic ? `${subject}: ${topic}` : subject
      const names = [...students.map(({ name }) => name), tutorName].join(', ')
      return {
        id,
        kind: 'lesson' as const,
        title,
        about: `${momentText(startsAt, zone)}, ${names}`,
        words: `${title} ${names}`.toLowerCase(),
      }
    })
}

export const foundPerson = ({ userId, name, role }: Person): Found => ({
  id: userId,
  kind: 'person',
  title: name,
  about: translate(`roles_${role}`),
  words: name.toLowerCase(),
})

async function toTheEnd<T>(pageAfter: (after?: string) => Promise<{ lessons: T[]; next: string | null }>): Promise<T[]> {
  const all: T[] = []
  for (let after: string | undefined; ; ) {
    const { lessons, next } = await pageAfter(after)
    all.push(...lessons)
    if (!next) return all
    after = next
  }
}
