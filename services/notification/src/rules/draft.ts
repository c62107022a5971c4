import type { Role } from '@repitbot/contracts/person-card'
import type { NoticeCode } from '@repitbot/contracts/texts/ru/notification'
import type { ParamsOf } from './kinds.ts'
import type { About, Audience, Link, Params } from './notice.ts'
import type { notices } from './notices.ts'

/** A notice to one recipient, before it is stored. */
export type Draft = {
  schoolId: string
  recipientId: string
  audience: Audience
  /** The student it is about; none in a tutor's own. */
  aboutId: string | null
  code: NoticeCode
  params: Params
  dedupeKey: string
  correlationId: string
  link: Link
  expiresAt: string
  /** For a recipient who had the notice that this one ends, and for no other. */
  onlyIfTold?: true
}
export type Source = { schoolId: string; correlationId: string }
/** To which audiences, the parents of each student, those who only pay for one, the admins of each school, and when. */
export type Addressing = {
  to: readonly Audience[]
  parents: ReadonlyMap<string, readonly string[]>
  payers?: ReadonlyMap<string, readonly string[]>
  admins?: ReadonlyMap<string, readonly string[]>
  now: Date
}

/** So long a notice is shown that does not end sooner. */
const keptDays = 400

/** One draft for each recipient of each student; a tutor gets one for all the students of a lesson. None for what has already ended. */
export function toDrafts(code: NoticeCode, source: Source, abouts: About[], { to, parents, payers, admins, now }: Addressing): Draft[] {
  const drafts = new Map<string, Draft>()
  const last = new Date(now.getTime() + keptDays * 86_400_000).toISOString()
  for (const about of abouts) {
    const expiresAt = about.expiresAt ?? last
    if (Date.parse(expiresAt) <= now.getTime()) continue
    const paying = about.tellsPayers ? (payers?.get(about.studentId) ?? []) : []
    for (const audience of to) {
      const own = audience === 'admin' ? (admins?.get(source.schoolId) ?? []) : recipients(audience, about, parents)
      for (const recipientId of audience === 'parent' ? [...own, ...paying] : own) {
        if ([about.by].flat().includes(recipientId) && !(about.costsParents && audience === 'parent')) continue
        const aboutId = audience === 'tutor' ? null : about.studentId
        const dedupeKey = [code, about.entity, about.version, recipientId, ...(isOfOneChild(audience) ? [aboutId] : [])].join(':')
        const more = audience === 'parent' ? about.forParents : audience === 'tutor' ? about.forTutor : {}
        const params = withoutUndefined({ ...about.params, ...more })
        const { schoolId, correlationId } = source
        if (!drafts.has(dedupeKey))
          drafts.set(dedupeKey, {
            schoolId,
            recipientId,
            audience,
            aboutId,
            code,
            params,
            dedupeKey,
            correlationId,
            link: about.link,
            expiresAt,
            ...(about.tellsPayers === 'ifTold' && audience === 'parent' && paying.includes(recipientId) && { onlyIfTold: true }),
          })
      }
    }
  }
  return [...drafts.values()]
}

/** Whether a copy for this audience is about one child of several. */
const isOfOneChild = (audience: Audience) => audience === 'parent' || audience === 'admin'

type Rows = typeof notices
type ParamsFor<C> = C extends NoticeCode ? ParamsOf<Rows[C]['params']> : never
type Direct<C extends NoticeCode> = Pick<Draft, 'recipientId' | 'link'> & {
  audience: Rows[C]['to'][number]
  params: ParamsFor<C>
  entity: string
  version: string
  expiresAt?: string
}
/** A notice to one person that is about no student, once for each version of its entity. */
export const direct = <C extends NoticeCode>(
  code: C,
  source: Source,
  { entity, version, expiresAt, params, ...of }: Direct<C>,
  now: Date,
): Draft => ({
  ...source,
  ...of,
  code,
  params: withoutUndefined(params as Params),
  aboutId: null,
  dedupeKey: [code, entity, version].join(':'),
  expiresAt: expiresAt ?? new Date(now.getTime() + keptDays * 86_400_000).toISOString(),
})
/** For which audience the texts for a person of this role are written. */
export const audienceOf = (role: Role | undefined): Exclude<Audience, 'admin'> => (role === 'student' || role === 'parent' ? role : 'tutor')

function recipients(audience: Audience, { studentId, tutorId }: About, parents: Addressing['parents']): readonly string[] {
  if (audience === 'student') return [studentId]
  if (audience === 'parent') return parents.get(studentId) ?? []
  return tutorId ? [tutorId] : []
}

const withoutUndefined = (params: About['params']) =>
  Object.fromEntries(Object.entries(params).filter((entry): entry is [string, Params[string]] => entry[1] !== undefined))

/** Each dedupe key once. Drafts of one series are added up and end with its last lesson; of others the one with the earliest lesson is kept. */
export function mergeDrafts(drafts: Draft[]): Draft[] {
  const byKey = new Map<string, Draft>()
  for (const draft of drafts) {
    const other = byKey.get(draft.dedupeKey)
    byKey.set(draft.dedupeKey, other ? addUp(other, draft) : draft)
  }
  return [...byKey.values()]
}

function addUp(one: Draft, other: Draft): Draft {
  const earliest = String(other.params.startsAt) < String(one.params.startsAt) ? other : one
  const { seriesId } = earliest.params
  if (typeof seriesId !== 'string') return earliest
  const count = Number(one.params.count) + Number(other.params.count)
  const { expiresAt } = other.expiresAt > one.expiresAt ? other : one
  return { ...earliest, params: { ...earliest.params, count }, link: { kind: 'series', id: seriesId }, expiresAt }
}

/** An earlier notice on the same thing, for `unlessRepeating`. */
export type Earlier = Pick<Draft, 'recipientId' | 'aboutId' | 'params'> & { entity: string }

/** Leaves out drafts that say the same as the recipient's last notice on the same thing. */
export function onlyNew(drafts: Draft[], earlier: Earlier[]): Draft[] {
  const last = new Map(earlier.map((notice) => [keyOf(notice.entity, notice), canonicalParams(notice.params)]))
  return drafts.filter((draft) => last.get(keyOf(draft.link.id, draft)) !== canonicalParams(draft.params))
}
const keyOf = (entity: string, { recipientId, aboutId }: Pick<Draft, 'recipientId' | 'aboutId'>) => `${entity} ${recipientId} ${aboutId}`
const canonicalParams = (params: Params) => JSON.stringify(Object.entries(params).sort(([a], [b]) => (a < b ? -1 : 1)))
