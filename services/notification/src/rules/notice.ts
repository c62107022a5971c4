import type { ConsumedEvent, EventName } from '@repitbot/contracts/events'
import type { Notice } from '@repitbot/contracts/inbox'
import type { lines, NoticeCode, notices } from '@repitbot/contracts/texts/ru/notification'

export type Audience = 'student' | 'parent' | 'tutor'
export type Params = Record<string, string | number | boolean>
export type Link = Notice['link']
/** A line of the texts, without its plural ending; one that counts says by what. */
export type Line = Stem<keyof typeof lines> | { line: Stem<keyof typeof lines>; count?: number; values?: Params }
type Stem<K> = K extends `${infer S}_one` ? S : K extends `${string}_few` | `${string}_many` ? never : K

/** What the people of one student are told of an event. */
export type About = {
  studentId: string
  tutorId?: string
  /** Who did it, and so needs no telling. */
  by?: string
  /** What is told at most once for each version to each recipient. */
  entity: string
  version: number | string
  link: Link
  params: Record<string, Params[string] | undefined>
  /** What is told to parents only: a child hears nothing of money. */
  forParents?: Record<string, Params[string] | undefined>
  expiresAt?: string
}
export type Told = { [N in EventName]?: (event: ConsumedEvent<N>) => About[] }

/** Told that long before a lesson, and not at all when it would be told later than that. */
export type Ahead = { minutes: number; lateMinutesMax: number }

/** One kind of notice. Its texts decide whom it can be told to. */
export type NoticeRow<A extends Audience = Audience> = {
  to: readonly A[]
  /** One function, under the event it comes after. */
  after?: Told
  ahead?: Ahead
  lines?: (params: Params) => (Line | false)[]
  /** Not told to somebody whose last notice of these kinds, on the same thing and student, said just the same. */
  unlessRepeating?: readonly NoticeCode[]
  /** Leaves in quiet hours too; `at` is when it came. */
  bypass?: (params: Params, at: Date) => boolean
  /** Leaves together with its like, at most once in that time. */
  digest?: Partial<Record<Audience, 'day' | 'week'>>
  /** In quiet hours it is not put off but dropped: another notice has told it. */
  quiet?: 'drop'
  /** Leaves by every channel that lives. */
  everywhere?: true
  /** Is for the one channel it was made for. */
  noFallback?: true
}
export type NoticeTable = { [C in NoticeCode]: NoticeRow<keyof (typeof notices)[C] & Audience> }
