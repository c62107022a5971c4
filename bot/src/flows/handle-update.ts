import type { ConnectedDeps } from '../deps.ts'
import type { ChatContext, MemberContext, Reply } from '../feature.ts'
import { isIdle } from '../rules/form-state.ts'
import type { Incoming } from '../rules/incoming.ts'
import { mayBeCode } from '../rules/may-be-code.ts'
import { type ParsedUpdate, readUpdate } from '../rules/read-update.ts'
import { inRows, type Screen } from '../rules/screen.ts'
import { readTap } from '../rules/taps.ts'
import { languageFrom, wordsIn } from '../rules/words.ts'
import { isMember, openContext, serves } from './open-context.ts'
import { reportReach } from './report-reach.ts'
import { beginForm, chooseInForm, type FormAnswer, findState, leaveForm, menuRow, saveState, writeInForm } from './run-form.ts'
import { showOwnCommands } from './show-commands.ts'
import { refusalText } from './write-refusal.ts'

type Tap = Extract<ParsedUpdate, { kind: 'tap' }>
type Command = Extract<ParsedUpdate, { kind: 'command' }>
type Message = Extract<ParsedUpdate, { kind: 'command' | 'text' | 'other' }>
type Args = { deps: ConnectedDeps; incoming: Incoming; context: ChatContext | MemberContext }
/** `state` is left out where no form was touched. */
type Answer = { screen: Screen; state?: FormAnswer['state'] }

/** Answers one update. Handled again after a crash it does nothing twice: writes carry the update's key, and a form begins with the same state. */
export async function handleUpdate(deps: ConnectedDeps, incoming: Incoming): Promise<void> {
  const update = readUpdate(incoming.body, await deps.telegram.name())
  if (!update) return
  try {
    await dispatch(deps, incoming, update)
  } catch (error) {
    if (!deps.telegram.isUnreachable(error)) throw error
  }
}

async function dispatch(deps: ConnectedDeps, incoming: Incoming, update: ParsedUpdate): Promise<void> {
  if (update.kind === 'reach') return reportReach(deps, incoming, update)
  if (update.kind === 'group') {
    const { language, html } = wordsIn(languageFrom(update.writer.languageCode))
    await deps.telegram.send(update.chatId, { lines: [html('group')], rows: [] }, language)
    return
  }
  const args = { deps, incoming, context: await openContext(deps, incoming, update) }
  await (update.kind === 'tap' ? answerTap(args, update) : answerMessage(args, update))
  // Read again: the update may have linked the person, or changed the membership or the language.
  await showOwnCommands(deps, await openContext(deps, incoming, update))
}

/** The answer to a message is a new message below it; the card of a form moves down with it. */
async function answerMessage(args: Args, message: Message): Promise<void> {
  const { deps, context } = args
  const member = isMember(context) ? { ...args, context } : undefined
  // The store of forms may be down: what needs none is answered all the same.
  const oldCardId = member && (await findState(member).catch(() => null))?.cardId
  const answer = await catchRefusal(context, async () => {
    const found = await (message.kind === 'command' ? runCommand(args, message) : takeText(args, message))
    if (member && found.state !== undefined) await saveState(member, found.state)
    return found
  })
  const cardId = await deps.telegram.send(context.chatId, answer.screen, context.words.language)
  if (member && answer.state) await saveState(member, { ...answer.state, cardId })
  if (oldCardId && answer.state && oldCardId !== cardId) await deps.telegram.remove(context.chatId, oldCardId)
}

async function runCommand(args: Args, { command, argument }: Command): Promise<Answer> {
  const { deps, context } = args
  const feature = deps.features.find((one) => one.command === command)
  if (isMember(context) && command !== 'cancel') await leaveForm({ ...args, context }).catch(() => {})
  if (!feature?.open) return { screen: notUnderstood(context) }
  if (!feature.for) {
    const screen = await feature.open(context, argument)
    return command === 'cancel' ? cancelForm(args, screen) : { screen }
  }
  if (!isMember(context)) return { screen: notLinked(context) }
  if (!serves(feature, context.role)) return { screen: notAllowed(context) }
  return toAnswer({ ...args, context }, await feature.open(context, argument), true)
}

/** Forgets the unfinished form, and says so if there was one. */
async function cancelForm(args: Args, screen: Screen): Promise<Answer> {
  const { context } = args
  const unfinished = isMember(context) && (await findState({ ...args, context }))
  return unfinished ? { screen: { ...screen, lines: [context.words.html('cancelled')] }, state: null } : { screen }
}

async function takeText(args: Args, message: Message): Promise<Answer> {
  const { deps, context } = args
  const text = message.kind === 'text' ? message.text : ''
  if (!isMember(context)) {
    // The text of somebody who is not linked may be the code of an invitation.
    const start = deps.features.find(({ command }) => command === 'start')
    const acceptCode = start && !start.for ? start.taps?.code : undefined
    return { screen: acceptCode && mayBeCode(text) ? await acceptCode(context, text) : notLinked(context) }
  }
  const member = { ...args, context }
  const state = text ? await findState(member) : null
  const searched = text && (!state || isIdle(state, context.now)) ? await search(member, text) : undefined
  return searched || (text && (await writeInForm(member, text))) || { screen: notUnderstood(context) }
}

/** What a feature makes of text that is the answer to no question. */
async function search({ deps, context }: Args & { context: MemberContext }, text: string): Promise<Answer | undefined> {
  for (const one of deps.features) {
    const screen = one.for && serves(one, context.role) ? await one.write?.(context, text) : undefined
    if (screen) return { screen }
  }
  return undefined
}

/** The answer to a tap changes the card that was tapped. */
async function answerTap(args: Args, update: Tap): Promise<void> {
  const { deps, context } = args
  const { telegram } = deps
  const { chatId, messageId, queryId } = update
  let toast: string | undefined
  try {
    const tap = readTap(update.data)
    if (tap?.verb === 'x') {
      await telegram.remove(chatId, messageId)
      return
    }
    const answer = await runTap(args, tap)
    toast = answer?.screen.toast ?? (answer ? undefined : context.words.text('stale'))
    if (!answer) return
    const member = isMember(context) ? { ...args, context } : undefined
    const state = answer.state && { ...answer.state, cardId: messageId }
    if (member && state !== undefined) await saveState(member, state)
    if (answer.screen.lines.length) await telegram.edit(chatId, messageId, answer.screen, context.words.language)
  } catch (error) {
    toast = refusalText(context.words, error)
    if (toast === undefined) throw error
  } finally {
    await telegram.answer(queryId, toast)
  }
}

async function runTap(args: Args, tap: { verb: string; id: string } | undefined): Promise<Answer | undefined> {
  const { deps, context } = args
  if (!tap) return undefined
  if (tap.verb === 'w') return isMember(context) ? chooseInForm({ ...args, context }, tap.id) : { screen: notLinked(context) }
  const opening = tap.verb === 'go' ? tap.id : undefined
  const candidates = deps.features.filter((one) => (opening ? one.command === opening : one.taps && tap.verb in one.taps))
  if (!candidates.length) return undefined
  const feature = candidates.find((one) => serves(one, context.me?.card.role))
  if (!feature) return { screen: context.me ? notAllowed(context) : notLinked(context) }
  if (!feature.for) {
    const screen = await (opening ? feature.open?.(context, '') : feature.taps?.[tap.verb]?.(context, tap.id))
    return screen && { screen }
  }
  if (!isMember(context)) return { screen: notLinked(context) }
  const member = { ...args, context }
  if (opening && feature.open) return toAnswer(member, await feature.open(context, ''), true)
  const reply = await feature.taps?.[tap.verb]?.(context, tap.id)
  return reply && toAnswer(member, reply, false)
}

const toAnswer = async (args: Args & { context: MemberContext }, reply: Reply, offersUnfinished: boolean): Promise<Answer> =>
  'form' in reply ? beginForm(args, reply, offersUnfinished) : { screen: reply }

async function catchRefusal(context: ChatContext, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    const refusal = refusalText(context.words, error)
    if (refusal === undefined) throw error
    return { screen: { lines: [`⚠️ ${refusal}`], rows: menuRow(context) } }
  }
}

const notUnderstood = (context: ChatContext): Screen => ({ lines: [context.words.html('unknown')], rows: inRows(context.menu()) })
const notAllowed = (context: ChatContext): Screen => ({
  lines: [context.words.html('notYours')],
  rows: context.me ? menuRow(context) : [],
})
const notLinked = ({ words, pageUrl }: ChatContext): Screen => ({ lines: [words.html('stranger', { url: pageUrl })], rows: [] })

/** The answer to an update that failed too often: the fault is ours, and is logged. */
export async function replyWithFault(deps: ConnectedDeps, incoming: Incoming): Promise<void> {
  const { body, updateId } = incoming
  const { telegram, log } = deps
  const update = readUpdate(body, '')
  if (!update || update.kind === 'reach') return
  // Whatever failed may fail here too: then the language is that of the person's Telegram.
  const words = await openContext(deps, incoming, update).then(
    (context) => context.words,
    () => wordsIn(languageFrom(update.writer.languageCode)),
  )
  await telegram
    .send(update.chatId, { lines: [words.html('failures.internal')], rows: menuRow({ words }) }, words.language)
    .catch((error: unknown) => log.debug({ updateId, error: String(error) }, 'The answer about the fault could not be sent'))
}
