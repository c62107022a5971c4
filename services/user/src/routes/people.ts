import type { Routes } from '@repitbot/contracts/endpoint'
import type { peopleApi, schoolApi } from '@repitbot/contracts/people'
import { addPerson } from '../flows/add-person.ts'
import { changePerson, changeRole, disablePerson, enablePerson } from '../flows/change-person.ts'
import { invitePerson } from '../flows/invite-person.ts'
import type { Inside } from '../inside.ts'
import { shownInvitation } from '../rules/invitation.ts'
import { shown } from '../rules/person.ts'
import { schoolChanged } from '../rules/school.ts'

export const peopleRoutes = (inside: Inside): Routes<typeof peopleApi> => ({
  list: async ({ caller, query }) => (await inside.store.listMembers(caller, query)).map(shown),
  create: ({ caller, body }) => addPerson(inside, caller, body),
  changeMe: ({ caller, body }) => changePerson(inside, caller, { userId: caller.userId, change: body }),
  links: ({ caller, query }) => inside.store.listLinks(caller, query.overId),
  link: async ({ caller, body }) => {
    await inside.store.link(caller, body)
    return body
  },
  unlink: ({ caller, params }) => inside.store.unlink(caller, params),
  invitations: async ({ caller }) => (await inside.store.listInvitations(caller, inside.now())).map(shownInvitation),
  invite: ({ caller, body }) => invitePerson(inside, caller, body),
  revokeInvitation: ({ caller, params }) => inside.store.revokeInvitation(caller, params.invitationId),
  get: async ({ caller, params }) => shown(await inside.store.getMember(caller, params.userId)),
  change: ({ caller, params, body }) => changePerson(inside, caller, { userId: params.userId, change: body }),
  disable: ({ caller, params }) => disablePerson(inside, caller, params.userId),
  enable: ({ caller, params }) => enablePerson(inside, caller, params.userId),
  changeRole: ({ caller, params, body }) => changeRole(inside, caller, { userId: params.userId, role: body.role }),
})

export const schoolRoutes = (inside: Inside): Routes<typeof schoolApi> => ({
  get: ({ caller }) => inside.store.getSchool(caller),
  change: ({ caller, body }) => inside.store.changeSchool(caller, (school) => schoolChanged(school, body)),
})
