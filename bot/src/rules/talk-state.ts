/** An unfinished dialogue of one person in one chat. `version` is on its buttons, so that those of an older card are known. */
export type TalkState = { form: string; version: number; data: unknown; cardId?: number; touchedAt: number }
/** What is kept: the dialogue, how it stood before the last update that changed it, and which that was. */
export type Kept = { now: TalkState | null; before: TalkState | null; by: number }

export const asleepAfterMs = 15 * 60_000
export const keptSeconds = 24 * 60 * 60

/** An update handled again begins where it began the first time. */
export const beheld = (kept: Kept | undefined, updateId: number): TalkState | null =>
  (kept?.by === updateId ? kept.before : kept?.now) ?? null

export const changed = (kept: Kept | undefined, updateId: number, now: TalkState | null): Kept => ({
  now,
  before: beheld(kept, updateId),
  by: updateId,
})

export const isAsleep = ({ touchedAt }: TalkState, now: Date): boolean => now.getTime() - touchedAt > asleepAfterMs
