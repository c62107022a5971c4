import type { Deps } from '../deps.ts'

/** Ids kept in memory; after that the same notice may be logged once more. */
const idsMax = 1000

/** Logs a notice that cannot be rendered, once in the life of this process: an inbox is read again and again. */
export function reportUnreadable({ log, unreadable }: Deps, { id, code }: { id: string; code: string }, fault: Error): void {
  if (unreadable.has(id)) return
  if (unreadable.size >= idsMax) unreadable.clear()
  unreadable.add(id)
  log.error({ noticeId: id, code, error: fault.message }, 'A notice cannot be rendered: its readers see its code')
}
