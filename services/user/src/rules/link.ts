import type { NewEvent } from '@repitbot/contracts/events'
import type { Link, ReachAs, Role } from '@repitbot/contracts/people'

export type HeldLink = Link & { active: boolean; version: number }

const holders: Record<ReachAs, Role[]> = { parent: ['parent'], tutor: ['tutor'], payer: ['parent'] }

/** Only a student is reached: by a parent, who may also be the payer, and by a tutor. A grown student pays for himself without a link. */
export const fits = (holder: Role, over: Role, as: ReachAs) => over === 'student' && holders[as].includes(holder)

/** What a tutor may do with links: bind and release the students that he has. */
export const tutorMay = (tutorId: string, link: Link, reachesOver: boolean) =>
  reachesOver && (link.as !== 'tutor' || link.holderId === tutorId)

export const linkEvent = (schoolId: string, { active, ...body }: HeldLink): NewEvent => ({
  name: active ? 'reach.granted' : 'reach.revoked',
  schoolId,
  body,
})
