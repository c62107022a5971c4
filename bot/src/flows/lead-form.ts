import type { Speaking } from '../deps.ts'
import type { Begun, Form, Signed, Step } from '../feature.ts'
import type { Incoming } from '../rules/incoming.ts'
import { button, type Screen } from '../rules/screen.ts'
import { beheld, changed, isAsleep, type TalkState } from '../rules/talk-state.ts'
import { sentenceOf } from './say-refusal.ts'

/** A dialogue that goes on: its card, and how it stands now. Without a state it is over. */
export type Led = { screen: Screen; state: TalkState | null }
type UpdateContext = { deps: Speaking; incoming: Incoming; talk: Signed }

const keyOf = ({ chatId, writer }: Signed) => `${chatId}:${writer.id}`
export const findState = async ({ deps, incoming, talk }: UpdateContext): Promise<TalkState | null> =>
  beheld(await deps.talks.find(keyOf(talk)), incoming.updateId)
export async function keepState({ deps, incoming, talk }: UpdateContext, state: TalkState | null): Promise<void> {
  const kept = await deps.talks.find(keyOf(talk))
  if (kept || state) await deps.talks.save(keyOf(talk), changed(kept, incoming.updateId, state))
}

/** Begins a form. One of the same kind that was left half way is offered first, unless this one begins with something known. */
export async function beginForm(context: UpdateContext, begun: Begun, offer: boolean): Promise<Led> {
  const before = await findState(context)
  if (offer && before?.form === begun.form && JSON.stringify(before.data) !== JSON.stringify(begun.data))
    return { screen: offered(context.talk, before), state: before }
  // By the time the update came, so that a card sent twice after a crash has the same buttons both times.
  const version = Math.max((before?.version ?? 0) + 1, Math.floor(context.incoming.receivedAt.getTime() / 1000))
  return onward(context, { ...begun, version, touchedAt: context.talk.now.getTime() })
}

/** A tap on a card of a form. `undefined` when the form is over; a card of an earlier step is brought up to date. */
export async function chooseInForm(context: UpdateContext, id: string): Promise<Led | undefined> {
  const { talk } = context
  const state = await findState(context)
  const [version = '', choice = ''] = id.split(/\.(.*)/s)
  if (!state) return undefined
  const toast = talk.words.text('stale')
  if (Number.parseInt(version, 36) !== state.version) {
    const led = isAsleep(state, talk.now) ? { screen: offered(talk, state), state } : await onward(context, state)
    return { ...led, screen: { ...led.screen, toast } }
  }
  if (choice === 'cancel') return { screen: { lines: [talk.words.html('cancelled')], rows: menuRow(talk) }, state: null }
  if (choice === 'anew') return anew(context, state)
  if (choice === 'resume') return onward(context, moved(talk, state, state.data))
  if (isAsleep(state, talk.now)) return { screen: offered(talk, state), state }
  return stepped(context, state, (form) => form.choose(talk, state.data, choice))
}

/** Words said while a form is open. `undefined` when none is, or it was left too long ago. */
export async function writeInForm(context: UpdateContext, text: string): Promise<Led | undefined> {
  const { talk } = context
  const state = await findState(context)
  if (!state) return undefined
  if (isAsleep(state, talk.now)) return { screen: offered(talk, state), state }
  return stepped(context, state, async (form) => (await form.write?.(talk, state.data, text)) ?? { fault: 'form.choose' })
}

/** Another command: what was begun can be taken up later. */
export async function leaveForm(context: UpdateContext): Promise<void> {
  const state = await findState(context)
  if (state) await keepState(context, { ...state, touchedAt: 0 })
}

async function stepped(
  context: UpdateContext,
  state: TalkState,
  take: (form: Form<unknown>) => Step<unknown> | Promise<Step<unknown>>,
): Promise<Led> {
  const { talk } = context
  try {
    const step = await take(formOf(context, state))
    if ('leave' in step) return { screen: step.leave, state: null }
    if ('fault' in step) return await onward(context, { ...state, touchedAt: talk.now.getTime() }, talk.words.html(step.fault))
    const led = await onward(context, moved(talk, state, step.data))
    return step.toast ? { ...led, screen: { ...led.screen, toast: step.toast } } : led
  } catch (error) {
    const sentence = sentenceOf(talk.words, error)
    if (sentence === undefined) throw error
    return onward(context, { ...state, touchedAt: talk.now.getTime() }, sentence)
  }
}

const moved = ({ now }: Signed, state: TalkState, data: unknown): TalkState => ({
  ...state,
  data,
  version: state.version + 1,
  touchedAt: now.getTime(),
})

async function anew(context: UpdateContext, state: TalkState): Promise<Led> {
  const found = context.deps.features.find(({ command }) => command === state.form)
  const reply = found?.form && (await found.open?.(context.talk, ''))
  if (!reply || !('form' in reply)) throw new Error(`${state.form} begins no form`)
  return onward(context, { ...reply, version: state.version + 1, touchedAt: context.talk.now.getTime() })
}

function formOf({ deps }: UpdateContext, { form }: TalkState): Form<unknown> {
  const found = deps.features.find(({ command }) => command === form)?.form
  if (!found) throw new Error(`There is no form ${form}`)
  return found as Form<unknown>
}

/** The card of a form as it stands, what was wrong above it, the way back and out below it. */
async function onward(context: UpdateContext, state: TalkState, fault?: string): Promise<Led> {
  const { words } = context.talk
  const pick = picker(state)
  const screen = await formOf(context, state).show(context.talk, state.data, pick)
  const last = [pick(words.text('back'), 'back'), pick(words.text('cancel'), 'cancel')]
  const lines = fault === undefined ? screen.lines : [`⚠️ ${fault}`, '', ...screen.lines]
  return { screen: { ...screen, lines, rows: [...screen.rows, last] }, state }
}
const picker =
  ({ version }: TalkState) =>
  (label: string, choice: string) =>
    button(label, 'w', `${version.toString(36)}.${choice}`)

function offered({ words }: Signed, state: TalkState): Screen {
  const pick = picker(state)
  const rows = [[pick(words.text('form.resume'), 'resume'), pick(words.text('form.anew'), 'anew')], [pick(words.text('cancel'), 'cancel')]]
  return { lines: [words.html('form.left')], rows }
}

export const menuRow = ({ words }: { words: Signed['words'] }) => [[button(words.text('toMenu'), 'go', 'menu')]]
