import type { Consumers } from '@repitbot/contracts/events'
import type { Inside } from './inside.ts'

export const consumers = ({ store }: Inside): Consumers => ({
  'user.created': store.keepPeople,
  'user.updated': store.keepPeople,
})
