import type { ConsumedEvent } from '@repitbot/contracts/events'
import { roleName, text } from '../kinds.ts'
import { notice } from '../notice.ts'

const params = { person: text }

/** Notices of who has joined a school: nobody comes near a child unseen. */
export const joinNotices = {
  /** For whoever invited, be it a tutor or an admin. */
  joined: notice({ to: ['tutor'], params: { person: text, role: roleName } }),
  parent_joined: notice({
    to: ['parent', 'admin'],
    params,
    after: {
      'invitation.accepted': ({ body }) => (body.role === 'parent' ? body.studentIds.map((id) => ofParent(body, id)) : []),
      'parent.linked': ({ body }) => [ofParent(body, body.studentId)],
    },
  }),
}

type Joined = ConsumedEvent<'invitation.accepted' | 'parent.linked'>['body']
/** For the other parents of the child and for admins; not for those whom it was done by, who know. */
const ofParent = (body: Joined, studentId: string) => ({
  studentId,
  by: [body.userId, 'invitedBy' in body ? body.invitedBy : body.linkedBy],
  entity: body.userId,
  version: 'invitationId' in body ? body.invitationId : body.version,
  link: { kind: 'student' as const, id: studentId },
  params: { person: body.name },
})
