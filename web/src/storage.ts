/** A browser that blocks storage throws at the first touch of it: the page then works for the visit, from memory. */
function openStorage(open: () => Storage) {
  const memory = new Map<string, string>()
  const names = () => {
    try {
      return Object.keys(open())
    } catch {
      return []
    }
  }
  return {
    get(key: string): string | undefined {
      try {
        return memory.get(key) ?? open().getItem(key) ?? undefined
      } catch {
        return undefined
      }
    },
    /** No value removes the key. */
    set(key: string, value: string | undefined): void {
      memory.delete(key)
      try {
        if (value === undefined) open().removeItem(key)
        else open().setItem(key, value)
      } catch {
        if (value !== undefined) memory.set(key, value)
      }
    },
    keys: (): string[] => [...memory.keys(), ...names()],
  }
}

/** What stays in this browser. */
export const browserStorage = openStorage(() => localStorage)
/** What stays in this tab until it is closed. */
export const tabStorage = openStorage(() => sessionStorage)

export const languageKey = 'repitbot-language'
/** The path that ends the session which was signed out without a connection. */
export const leftKey = 'repitbot-to-end'
const drafts = 'repitbot-draft-'
/** A draft is its writer's: whoever signs in next in this tab does not find it. */
export const draftKey = (userId: string, name: string): string => `${drafts}${userId}-${name}`

/** Removes all that is kept of a person here. Drafts stay where the session ended by itself: the person comes back to them. */
export function forgetPerson(keepDrafts: boolean): void {
  const stays = (key: string) => key === languageKey || key === leftKey || (keepDrafts && key.startsWith(drafts))
  forget((key) => !stays(key))
}
/** Removes the drafts of everybody but whoever has signed in now, as any of their memberships. */
export function forgetOthersDrafts(userIds: string[]): void {
  const own = userIds.map((userId) => draftKey(userId, ''))
  forget((key) => key.startsWith(drafts) && !own.some((mine) => key.startsWith(mine)))
}
function forget(goes: (key: string) => boolean): void {
  for (const storage of [browserStorage, tabStorage])
    for (const key of storage.keys()) if (key.startsWith('repitbot-') && goes(key)) storage.set(key, undefined)
}
