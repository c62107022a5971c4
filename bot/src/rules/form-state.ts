/** An unfinished form of one person in one chat. `version` is on its buttons, so that those of an older card are recognised. */
export type FormState = { form: string; version: number; data: unknown; cardId?: number; touchedAt: number }
/** What is stored: the form as it is now, as it was before the last update that changed it, and the id of that update. */
export type KeptForm = { now: FormState | null; before: FormState | null; by: number }

/** After so long without an answer the person is asked whether to go on. */
export const idleAfterMs = 15 * 60_000
export const keptSeconds = 24 * 60 * 60

/** An update that is handled again begins with the state that it began with the first time. */
export const stateFor = (kept: KeptForm | undefined, updateId: number): FormState | null =>
  (kept?.by === updateId ? kept.before : kept?.now) ?? null

export const withState = (kept: KeptForm | undefined, updateId: number, now: FormState | null): KeptForm => ({
  now,
  before: stateFor(kept, updateId),
  by: updateId,
})

export const isIdle = ({ touchedAt }: FormState, now: Date): boolean => now.getTime() - touchedAt > idleAfterMs
