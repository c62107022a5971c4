import type { Clients } from './world.ts'

/** Each changes what there is now, as somebody who has just looked at it. */
type Without<C extends (args: never) => unknown> = Omit<Parameters<C>[0], 'version'>

export const changeMe = async ({ auth, people }: Pick<Clients, 'auth' | 'people'>, change: Without<Clients['people']['changeMe']>) =>
  people.changeMe({ ...change, version: (await auth.me({})).card.version })

export const changePerson = async ({ people }: Pick<Clients, 'people'>, change: Without<Clients['people']['change']>) =>
  people.change({ ...change, version: (await people.get({ userId: change.userId })).version })

export const changeRole = async ({ people }: Pick<Clients, 'people'>, change: Without<Clients['people']['changeRole']>) =>
  people.changeRole({ ...change, version: (await people.get({ userId: change.userId })).version })

export const changePreferences = async ({ preferences }: Pick<Clients, 'preferences'>, change: Without<Clients['preferences']['change']>) =>
  preferences.change({ ...change, version: (await preferences.get({})).version })

export const setPolicy = async ({ lessonPolicy }: Pick<Clients, 'lessonPolicy'>, policy: Without<Clients['lessonPolicy']['set']>) =>
  lessonPolicy.set({ ...policy, version: (await lessonPolicy.get({})).version })
