import type { ConnectedDeps } from '../deps.ts'
import type { Form, FormStart, MemberContext, Step } from '../feature.ts'
import { type FormState, isIdle, stateFor, withState } from '../rules/form-state.ts'
import type { Incoming } from '../rules/incoming.ts'
import { button, type Screen } from '../rules/screen.ts'
import { refusalText } from './write-refusal.ts'

/** The card to show and the state of the form after it; null when the form is over. */
export type FormAnswer = { screen: Screen; state: FormState | null }
type Args = { deps: ConnectedDeps; incoming: Incoming; context: MemberContext }

const keyOf = ({ chatId, writer }: MemberContext) => `${chatId}:${writer.id}`
export const findState = async ({ deps, incoming, context }: Args): Promise<FormState | null> =>
  stateFor(await deps.formStates.find(keyOf(context)), incoming.updateId)
export async function saveState({ deps, incoming, context }: Args, state: FormState | null): Promise<void> {
  const kept = await deps.formStates.find(keyOf(context))
  if (kept || state) await deps.formStates.save(keyOf(context), withState(kept, incoming.updateId, state))
}

/** Begins a form. An unfinished one of the same kind is offered first, unless this one begins with other data. */
export async function beginForm(args: Args, start: FormStart, offersUnfinished: boolean): Promise<FormAnswer> {
  const before = await findState(args)
  if (offersUnfinished && before?.form === start.form && JSON.stringify(before.data) !== JSON.stringify(start.data))
    return { screen: offerUnfinished(args.context, before), state: before }
  // From the time of the update, so that a card that is sent twice after a crash has the same buttons both times.
  const version = Math.max((before?.version ?? 0) + 1, Math.floor(args.incoming.receivedAt.getTime() / 1000))
  return showForm(args, { ...start, version, touchedAt: args.context.now.getTime() })
}

/** A tap on the card of a form. `undefined` when the form is over; a card of an earlier step shows the present step. */
export async function chooseInForm(args: Args, id: string): Promise<FormAnswer | undefined> {
  const { context } = args
  const state = await findState(args)
  const [version = '', choice = ''] = id.split(/\.(.*)/s)
  if (!state) return undefined
  const toast = context.words.text('stale')
  if (Number.parseInt(version, 36) !== state.version) {
    const answer = isIdle(state, context.now) ? { screen: offerUnfinished(context, state), state } : await showForm(args, state)
    return { ...answer, screen: { ...answer.screen, toast } }
  }
  if (choice === 'cancel') return { screen: { lines: [context.words.html('cancelled')], rows: menuRow(context) }, state: null }
  if (choice === 'anew') return restartForm(args, state)
  if (choice === 'resume') return showForm(args, withData(context, state, state.data))
  if (isIdle(state, context.now)) return { screen: offerUnfinished(context, state), state }
  return takeStep(args, state, (form) => form.choose(context, state.data, choice))
}

/** Text that is written while a form is open. `undefined` when none is open. */
export async function writeInForm(args: Args, text: string): Promise<FormAnswer | undefined> {
  const { context } = args
  const state = await findState(args)
  if (!state) return undefined
  if (isIdle(state, context.now)) return { screen: offerUnfinished(context, state), state }
  return takeStep(args, state, async (form) => (await form.write?.(context, state.data, text)) ?? { fault: 'form.choose' })
}

/** Another command was sent: the form becomes idle, so that it is offered again later. */
export async function leaveForm(args: Args): Promise<void> {
  const state = await findState(args)
  if (state) await saveState(args, { ...state, touchedAt: 0 })
}

async function takeStep(
  args: Args,
  state: FormState,
  take: (form: Form<unknown>) => Step<unknown> | Promise<Step<unknown>>,
): Promise<FormAnswer> {
  const { context } = args
  try {
    const step = await take(formOf(args, state))
    if ('leave' in step) return { screen: step.leave, state: null }
    if ('fault' in step)
      return await showForm(args, { ...state, touchedAt: context.now.getTime() }, context.words.html(step.fault, step.values))
    const answer = await showForm(args, withData(context, state, step.data))
    return step.toast ? { ...answer, screen: { ...answer.screen, toast: step.toast } } : answer
  } catch (error) {
    const refusal = refusalText(context.words, error)
    if (refusal === undefined) throw error
    return showForm(args, { ...state, touchedAt: context.now.getTime() }, refusal)
  }
}

const withData = ({ now }: MemberContext, state: FormState, data: unknown): FormState => ({
  ...state,
  data,
  version: state.version + 1,
  touchedAt: now.getTime(),
})

async function restartForm(args: Args, state: FormState): Promise<FormAnswer> {
  const feature = args.deps.features.find(({ command }) => command === state.form)
  const reply = feature?.form && (await feature.open?.(args.context, ''))
  if (!reply || !('form' in reply)) throw new Error(`${state.form} begins no form`)
  return showForm(args, { ...reply, version: state.version + 1, touchedAt: args.context.now.getTime() })
}

function formOf({ deps }: Args, { form }: FormState): Form<unknown> {
  const found = deps.features.find(({ command }) => command === form)?.form
  if (!found) throw new Error(`There is no form ${form}`)
  return found as Form<unknown>
}

/** The card of a form in its present state: a fault above it, back and cancel below it. */
async function showForm(args: Args, state: FormState, fault?: string): Promise<FormAnswer> {
  const { words } = args.context
  const pick = picker(state)
  const screen = await formOf(args, state).show(args.context, state.data, pick)
  const lastButtons = [pick(words.text('back'), 'back'), pick(words.text('close'), 'cancel')]
  const lines = fault === undefined ? screen.lines : [`⚠️ ${fault}`, '', ...screen.lines]
  return { screen: { ...screen, lines, rows: [...screen.rows, lastButtons] }, state }
}
const picker =
  ({ version }: FormState) =>
  (label: string, choice: string) =>
    button(label, 'w', `${version.toString(36)}.${choice}`)

function offerUnfinished({ words }: MemberContext, state: FormState): Screen {
  const pick = picker(state)
  const rows = [[pick(words.text('form.resume'), 'resume'), pick(words.text('form.anew'), 'anew')], [pick(words.text('close'), 'cancel')]]
  return { lines: [words.html('form.left')], rows }
}

export const menuRow = ({ words }: { words: MemberContext['words'] }) => [[button(words.text('toMenu'), 'go', 'menu')]]
