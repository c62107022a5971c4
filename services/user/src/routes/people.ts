import type { Routes } from '@repitbot/contracts/endpoint'
import type { peopleApi } from '@repitbot/contracts/people'
import type { schoolApi } from '@repitbot/contracts/school'
import type { Deps } from '../deps.ts'
import { addPerson } from '../flows/add-person.ts'
import { linkPeople, unlinkPeople } from '../flows/change-link.ts'
import { changePerson, changeRole, disablePerson, enablePerson } from '../flows/change-person.ts'
import { changeOwnSchool } from '../flows/change-school.ts'
import { invitePerson } from '../flows/invite-person.ts'
import { toInvitationReply } from '../rules/invitation.ts'
import { toPersonReply } from '../rules/person.ts'

export const peopleRoutes = (deps: Deps): Routes<typeof peopleApi> => ({
  list: async ({ caller, query }) => (await deps.store.listMembers(caller, query)).map(toPersonReply),
  count: async ({ caller, query }) => ({ count: await deps.store.countMembers(caller, query) }),
  create: ({ caller, body }) => addPerson(deps, caller, body),
  changeMe: ({ caller, body: { version, ...change } }) => changePerson(deps, caller, { userId: caller.userId, version, change }),
  links: ({ caller, query }) => deps.store.listLinks(caller, query),
  link: async ({ caller, body }) => {
    await linkPeople(deps, caller, body)
    return body
  },
  unlink: ({ caller, params }) => unlinkPeople(deps, caller, params),
  invitations: async ({ caller }) => (await deps.store.listInvitations(caller, deps.now())).map(toInvitationReply),
  invite: ({ caller, body }) => invitePerson(deps, caller, body),
  revokeInvitation: ({ caller, params }) => deps.store.revokeInvitation(caller, params.invitationId),
  get: async ({ caller, params }) => toPersonReply(await deps.store.getMember(caller, params.userId)),
  change: ({ caller, params, body: { version, ...change } }) => changePerson(deps, caller, { ...params, version, change }),
  setPhone: ({ caller, params, body: { version, ...change } }) => changePerson(deps, caller, { ...params, version, change }),
  disable: ({ caller, params }) => disablePerson(deps, caller, params.userId),
  enable: ({ caller, params }) => enablePerson(deps, caller, params.userId),
  changeRole: ({ caller, params, body }) => changeRole(deps, caller, { ...params, ...body }),
})

export const schoolRoutes = (deps: Deps): Routes<typeof schoolApi> => ({
  get: ({ caller }) => deps.store.getSchool(caller),
  change: ({ caller, body }) => changeOwnSchool(deps, caller, body),
})
