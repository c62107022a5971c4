import type { Consumers } from '@repitbot/contracts/events'
import type { Deps } from './deps.ts'

export const consumers = ({ store }: Deps): Consumers => ({
  'user.created': store.keepPeople,
  'user.updated': store.keepPeople,
})
