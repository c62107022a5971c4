import type { ConsumedEvent, EventName } from '@repitbot/contracts/events'
import type { Notice as InboxNotice } from '@repitbot/contracts/inbox'
import type { lines, NoticeCode, notices } from '@repitbot/contracts/texts/ru/notification'
import { instant, type Kinds, lessonZone, number, optional, type ParamsOf, text, type Value } from './kinds.ts'

export type Audience = 'student' | 'parent' | 'tutor' | 'admin'
/** The parameters of any notice, as they are stored. */
export type Params = Record<string, Value>
export type Link = InboxNotice['link']

type Stem<K> = K extends `${infer S}_one` ? S : K extends `${string}_few` | `${string}_many` ? never : K
type LineName = Stem<keyof typeof lines>
/** A line of the texts, without its plural ending: `count` decides the plural form, `own` are values of the line itself with their kinds. */
export type Line = LineName | { line: LineName; count?: number; own?: { kinds: Kinds; values: Params } }
/** A line with values of its own. */
export const lineOf = <P extends Kinds>(line: LineName, kinds: P, values: ParamsOf<P>): Line => ({
  line,
  own: { kinds, values: values as Params },
})

type AboutStudent<Values> = {
  studentId: string
  tutorId?: string
  /** Who did it, and so needs no notice. */
  by?: string | readonly string[]
  /** A recipient gets one notice for each version of it. */
  entity: string
  version: number | string
  link: Link
  params: Values
  /** For parents only: a child reads nothing of money. */
  forParents?: Partial<Values>
  /** For tutors only: whose lesson it is. A family reads nothing of other families. */
  forTutor?: Partial<Values>
  /** It costs the parents money, so the one who did it gets the notice too. */
  costsParents?: boolean
  /** Whether it is for those who only pay for the student too, who hear of nothing but money; `ifTold`: of those, who had the notice that it ends. */
  tellsPayers?: boolean | 'ifTold'
  expiresAt?: string
}
/** What a notice is about, for the people of one student. */
export type About = AboutStudent<Record<string, Value | undefined>>
/** The same for a declared notice: with a tutor where it is for tutors, because without one nobody would get it. */
export type AboutFor<A extends Audience, P extends Kinds> = AboutStudent<ParamsOf<P>> & ('tutor' extends A ? { tutorId: string } : unknown)

type Columns<A extends Audience, P extends Kinds> = {
  to: readonly A[]
  /** What its texts and lines may use, by kind. A stored value that is not declared here is never written. */
  params: P
  lines?(params: ParamsOf<P>): (Line | false)[]
  /** Not for people whose last notice of these codes, on the same thing and student, says exactly the same. */
  unlessRepeating?: readonly NoticeCode[]
  /** Is sent in quiet hours too; `at` is when it was made. */
  bypass?(params: ParamsOf<P>, at: Date): boolean
  /** Is sent together with others of a digest, at most once in that time. */
  digest?: Partial<Record<Audience, 'day' | 'week'>>
  /** In quiet hours it is not put off but dropped: another notice has said the same. */
  quiet?: 'drop'
  /** Is one of those that people may refuse to get by e-mail, as they may every digest. */
  bulk?: true
  /** Is sent by every usable channel. */
  everywhere?: true
  /** Is sent by the one channel it was made for, and by no other. */
  noFallback?: true
}
/** One kind of notice. `after`: one function, under the event it comes after. */
export type Notice<A extends Audience, P extends Kinds, N extends EventName> = Columns<A, P> & {
  after?: { [E in N]: (event: ConsumedEvent<E>) => AboutFor<NoInfer<A>, NoInfer<P>>[] }
}
/** So long before a lesson, and not at all when it would be later than that. */
export type LeadTime = { minutes: number; lateMinutesMax: number }

/** Any notice, for code that goes through all of them. */
export type AnyNotice = Columns<Audience, Kinds> & {
  after?: { [N in EventName]?: (event: ConsumedEvent<N>) => About[] }
  ahead?: LeadTime
}
/** Every code has a row, and the texts of a code decide for which audiences it can be. */
export type NoticeTable = { [C in NoticeCode]: AnyNotice & { to: readonly (keyof (typeof notices)[C] & Audience)[] } }

/** Declares a notice. What `after` returns must have the declared parameters, and a tutor where the notice is for tutors. */
export const notice = <const A extends Audience, P extends Kinds, N extends EventName = never>(row: Notice<A, P, N>): Notice<A, P, N> => row

/** What a reminder may use of its lesson. */
export const reminderParams = { subject: text, startsAt: instant, zone: lessonZone, minutes: number, videoUrl: optional(text) }
/** Declares a reminder of a lesson. The copy of a lesson that reminders are made from is for the students and their parents. */
export const reminder = <const A extends 'student' | 'parent'>(
  row: Omit<Columns<A, typeof reminderParams>, 'params'> & { ahead?: LeadTime },
): Notice<A, typeof reminderParams, never> & { ahead?: LeadTime } => ({ ...row, params: reminderParams })
