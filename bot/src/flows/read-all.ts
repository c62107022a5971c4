/** So that a list that never ends cannot hold a chat for ever: 10,000 people, or 25,000 lessons. */
const pagesMax = 50

/** Every item of a list that is read page by page; `next` is what the following page is asked by. */
export async function readAll<T>(read: (after?: string) => Promise<{ items: T[]; next?: string | null }>, most = pagesMax): Promise<T[]> {
  const all: T[] = []
  let after: string | undefined
  for (let page = 0; page < most; page++) {
    const { items, next } = await read(after)
    all.push(...items)
    if (!next) break
    after = next
  }
  return all
}
