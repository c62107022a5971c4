import type { Begun, Form, Signed, Step } from '../feature.ts'
import type { Speaking } from '../inside.ts'
import type { Incoming } from '../rules/incoming.ts'
import { button, type Screen } from '../rules/screen.ts'
import { beheld, changed, isAsleep, type TalkState } from '../rules/talk-state.ts'
import { sentenceOf } from './say-refusal.ts'

/** A dialogue that goes on: its card, and how it stands now. Without a state it is over. */
export type Led = { screen: Screen; state: TalkState | null }
type Ground = { inside: Speaking; incoming: Incoming; talk: Signed }

const keyOf = ({ chatId, writer }: Signed) => `${chatId}:${writer.id}`
export const findState = async ({ inside, incoming, talk }: Ground): Promise<TalkState | null> =>
  beheld(await inside.talks.find(keyOf(talk)), incoming.updateId)
export async function keepState({ inside, incoming, talk }: Ground, state: TalkState | null): Promise<void> {
  const kept = await inside.talks.find(keyOf(talk))
  if (kept || state) await inside.talks.save(keyOf(talk), changed(kept, incoming.updateId, state))
}

/** Begins a form. One of the same kind that was left half way is offered first, unless this one begins with something known. */
export async function beginForm(ground: Ground, begun: Begun, offer: boolean): Promise<Led> {
  const before = await findState(ground)
  if (offer && before?.form === begun.form && JSON.stringify(before.data) !== JSON.stringify(begun.data))
    return { screen: offered(ground.talk, before), state: before }
  // By the time the update came, so that a card sent twice after a crash has the same buttons both times.
  const version = Math.max((before?.version ?? 0) + 1, Math.floor(ground.incoming.receivedAt.getTime() / 1000))
  return onward(ground, { ...begun, version, touchedAt: ground.talk.now.getTime() })
}

/** A tap on a card of a form. `undefined` when the form is over; a card of an earlier step is brought up to date. */
export async function chooseInForm(ground: Ground, id: string): Promise<Led | undefined> {
  const { talk } = ground
  const state = await findState(ground)
  const [version = '', choice = ''] = id.split(/\.(.*)/s)
  if (!state) return undefined
  const toast = talk.words.plain('stale')
  if (Number.parseInt(version, 36) !== state.version) {
    const led = isAsleep(state, talk.now) ? { screen: offered(talk, state), state } : await onward(ground, state)
    return { ...led, screen: { ...led.screen, toast } }
  }
  if (choice === 'cancel') return { screen: { lines: [talk.words.line('cancelled')], rows: menuRow(talk) }, state: null }
  if (choice === 'anew') return anew(ground, state)
  if (choice === 'resume') return onward(ground, moved(talk, state, state.data))
  if (isAsleep(state, talk.now)) return { screen: offered(talk, state), state }
  return stepped(ground, state, (form) => form.choose(talk, state.data, choice))
}

/** Words said while a form is open. `undefined` when none is, or it was left too long ago. */
export async function writeInForm(ground: Ground, text: string): Promise<Led | undefined> {
  const { talk } = ground
  const state = await findState(ground)
  if (!state) return undefined
  if (isAsleep(state, talk.now)) return { screen: offered(talk, state), state }
  return stepped(ground, state, async (form) => (await form.write?.(talk, state.data, text)) ?? { fault: 'form.choose' })
}

/** Another command: what was begun can be taken up later. */
export async function leaveForm(ground: Ground): Promise<void> {
  const state = await findState(ground)
  if (state) await keepState(ground, { ...state, touchedAt: 0 })
}

async function stepped(
  ground: Ground,
  state: TalkState,
  take: (form: Form<unknown>) => Step<unknown> | Promise<Step<unknown>>,
): Promise<Led> {
  const { talk } = ground
  try {
    const step = await take(formOf(ground, state))
    if ('leave' in step) return { screen: step.leave, state: null }
    if ('fault' in step) return await onward(ground, { ...state, touchedAt: talk.now.getTime() }, talk.words.line(step.fault))
    const led = await onward(ground, moved(talk, state, step.data))
    return step.toast ? { ...led, screen: { ...led.screen, toast: step.toast } } : led
  } catch (error) {
    const sentence = sentenceOf(talk.words, error)
    if (sentence === undefined) throw error
    return onward(ground, { ...state, touchedAt: talk.now.getTime() }, sentence)
  }
}

const moved = ({ now }: Signed, state: TalkState, data: unknown): TalkState => ({
  ...state,
  data,
  version: state.version + 1,
  touchedAt: now.getTime(),
})

async function anew(ground: Ground, state: TalkState): Promise<Led> {
  const found = ground.inside.features.find(({ command }) => command === state.form)
  const reply = found?.form && (await found.open?.(ground.talk, ''))
  if (!reply || !('form' in reply)) throw new Error(`${state.form} begins no form`)
  return onward(ground, { ...reply, version: state.version + 1, touchedAt: ground.talk.now.getTime() })
}

function formOf({ inside }: Ground, { form }: TalkState): Form<unknown> {
  const found = inside.features.find(({ command }) => command === form)?.form
  if (!found) throw new Error(`There is no form ${form}`)
  return found as Form<unknown>
}

/** The card of a form as it stands, what was wrong above it, the way back and out below it. */
async function onward(ground: Ground, state: TalkState, fault?: string): Promise<Led> {
  const { words } = ground.talk
  const pick = picker(state)
  const screen = await formOf(ground, state).show(ground.talk, state.data, pick)
  const last = [pick(words.plain('back'), 'back'), pick(words.plain('cancel'), 'cancel')]
  const lines = fault === undefined ? screen.lines : [`⚠️ ${fault}`, '', ...screen.lines]
  return { screen: { ...screen, lines, rows: [...screen.rows, last] }, state }
}
const picker =
  ({ version }: TalkState) =>
  (label: string, choice: string) =>
    button(label, 'w', `${version.toString(36)}.${choice}`)

function offered({ words }: Signed, state: TalkState): Screen {
  const pick = picker(state)
  const rows = [
    [pick(words.plain('form.resume'), 'resume'), pick(words.plain('form.anew'), 'anew')],
    [pick(words.plain('cancel'), 'cancel')],
  ]
  return { lines: [words.line('form.left')], rows }
}

export const menuRow = ({ words }: { words: Signed['words'] }) => [[button(words.plain('toMenu'), 'go', 'menu')]]
