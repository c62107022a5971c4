import type { Speaking } from '../deps.ts'
import type { Reply, Signed, Talk } from '../feature.ts'
import type { Incoming } from '../rules/incoming.ts'
import { type Reading, readUpdate } from '../rules/read-update.ts'
import type { Screen } from '../rules/screen.ts'
import { readTap } from '../rules/taps.ts'
import { languageFrom, wordsIn } from '../rules/words.ts'
import { beginForm, chooseInForm, findState, keepState, type Led, leaveForm, menuRow, writeInForm } from './lead-form.ts'
import { isSigned, openTalk, serves } from './open-talk.ts'
import { sentenceOf } from './say-refusal.ts'
import { showOwnCommands } from './show-commands.ts'
import { tellReach } from './tell-reach.ts'

type Tap = Extract<Reading, { kind: 'tap' }>
type Spoken = Extract<Reading, { kind: 'command' | 'text' | 'other' }>
type UpdateContext = { deps: Speaking; incoming: Incoming; talk: Talk | Signed }

/** Answers one update. Handled again after a crash it does nothing twice: writes carry the update's key, and a dialogue begins where it began. */
export async function handleUpdate(deps: Speaking, incoming: Incoming): Promise<void> {
  const reading = readUpdate(incoming.body, await deps.telegram.name())
  if (!reading) return
  try {
    await answered(deps, incoming, reading)
  } catch (error) {
    if (!deps.telegram.isUnreachable(error)) throw error
  }
}

async function answered(deps: Speaking, incoming: Incoming, reading: Reading): Promise<void> {
  if (reading.kind === 'reach') return tellReach(deps, incoming, reading)
  if (reading.kind === 'group') {
    const { language, html } = wordsIn(languageFrom(reading.writer.languageCode))
    await deps.telegram.send(reading.chatId, { lines: [html('group')], rows: [] }, language)
    return
  }
  const context = { deps, incoming, talk: await openTalk(deps, incoming, reading) }
  await (reading.kind === 'tap' ? tapped(context, reading) : said(context, reading))
  // Opened again: what was just said may have made the person known, or another.
  await showOwnCommands(deps, await openTalk(deps, incoming, reading))
}

/** An answer to words is a new message below them; the card of the dialogue moves down with it. */
async function said(context: UpdateContext, reading: Spoken): Promise<void> {
  const { deps, talk } = context
  const signed = isSigned(talk) ? { ...context, talk } : undefined
  // Where dialogues are kept may be away: what needs none is answered all the same.
  const old = signed && (await findState(signed).catch(() => null))?.cardId
  const led = await refusable(talk, async () => {
    const answer = await (reading.kind === 'command' ? commanded(context, reading) : worded(context, reading))
    if (signed && answer.state !== undefined) await keepState(signed, answer.state)
    return answer
  })
  const cardId = await deps.telegram.send(talk.chatId, led.screen, talk.words.language)
  if (signed && led.state) await keepState(signed, { ...led.state, cardId })
  if (old && led.state && old !== cardId) await deps.telegram.remove(talk.chatId, old)
}

/** `state` is left out where no dialogue was touched. */
type Answer = { screen: Screen; state?: Led['state'] }

async function commanded(context: UpdateContext, { command, argument }: Extract<Reading, { kind: 'command' }>): Promise<Answer> {
  const { deps, talk } = context
  const found = deps.features.find((one) => one.command === command)
  if (isSigned(talk) && command !== 'cancel') await leaveForm({ ...context, talk }).catch(() => {})
  if (!found?.open) return { screen: unknown(talk) }
  if (!found.for) {
    const screen = await found.open(talk, argument)
    return command === 'cancel' ? cancelled(context, screen) : { screen }
  }
  if (!isSigned(talk)) return { screen: stranger(talk) }
  if (!serves(found, talk.role)) return { screen: notYours(talk) }
  return replied({ ...context, talk }, await found.open(talk, argument), true)
}

/** Forgets what was begun, and says so if there was any. */
async function cancelled(context: UpdateContext, screen: Screen): Promise<Answer> {
  const { talk } = context
  const had = isSigned(talk) && (await findState({ ...context, talk }))
  return had ? { screen: { ...screen, lines: [talk.words.html('cancelled')] }, state: null } : { screen }
}

async function worded(context: UpdateContext, reading: Spoken): Promise<Answer> {
  const { deps, talk } = context
  const text = reading.kind === 'text' ? reading.text : ''
  if (!isSigned(talk)) {
    // Words of somebody nobody knows may be the code of an invitation.
    const start = deps.features.find(({ command }) => command === 'start')
    const enter = start && !start.for ? start.taps?.code : undefined
    return { screen: text && enter ? await enter(talk, text) : stranger(talk) }
  }
  return (text && (await writeInForm({ ...context, talk }, text))) || { screen: unknown(talk) }
}

/** An answer to a tap changes the card that was tapped. */
async function tapped(context: UpdateContext, reading: Tap): Promise<void> {
  const { deps, talk } = context
  const { telegram } = deps
  const { chatId, messageId, queryId } = reading
  let toast: string | undefined
  try {
    const tap = readTap(reading.data)
    if (tap?.verb === 'x') {
      await telegram.remove(chatId, messageId)
      return
    }
    const answer = await pressed(context, tap)
    toast = answer?.screen.toast ?? (answer ? undefined : talk.words.text('stale'))
    if (!answer) return
    const signed = isSigned(talk) ? { ...context, talk } : undefined
    const state = answer.state && { ...answer.state, cardId: messageId }
    if (signed && state !== undefined) await keepState(signed, state)
    if (answer.screen.lines.length) await telegram.edit(chatId, messageId, answer.screen, talk.words.language)
  } catch (error) {
    toast = sentenceOf(talk.words, error)?.slice(0, 200)
    if (toast === undefined) throw error
  } finally {
    await telegram.answer(queryId, toast)
  }
}

async function pressed(context: UpdateContext, tap: { verb: string; id: string } | undefined): Promise<Answer | undefined> {
  const { deps, talk } = context
  if (!tap) return undefined
  if (tap.verb === 'w') return isSigned(talk) ? chooseInForm({ ...context, talk }, tap.id) : { screen: stranger(talk) }
  const opening = tap.verb === 'go' ? tap.id : undefined
  const able = deps.features.filter((one) => (opening ? one.command === opening : one.taps && tap.verb in one.taps))
  if (!able.length) return undefined
  const found = able.find((one) => serves(one, talk.me?.card.role))
  if (!found) return { screen: talk.me ? notYours(talk) : stranger(talk) }
  if (!found.for) {
    const screen = await (opening ? found.open?.(talk, '') : found.taps?.[tap.verb]?.(talk, tap.id))
    return screen && { screen }
  }
  if (!isSigned(talk)) return { screen: stranger(talk) }
  const signed = { ...context, talk }
  if (opening && found.open) return replied(signed, await found.open(talk, ''), true)
  const reply = await found.taps?.[tap.verb]?.(talk, tap.id)
  return reply && replied(signed, reply, false)
}

const replied = async (context: UpdateContext & { talk: Signed }, reply: Reply, offer: boolean): Promise<Answer> =>
  'form' in reply ? beginForm(context, reply, offer) : { screen: reply }

async function refusable(talk: Talk, work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work()
  } catch (error) {
    const sentence = sentenceOf(talk.words, error)
    if (sentence === undefined) throw error
    return { screen: { lines: [`⚠️ ${sentence}`], rows: menuRow(talk) } }
  }
}

const menuUnder = (talk: Talk, line: string): Screen => ({ lines: [line], rows: talk.me ? menuRow(talk) : [] })
const unknown = (talk: Talk): Screen => ({ lines: [talk.words.html('unknown')], rows: rowsOf(talk) })
const notYours = (talk: Talk): Screen => menuUnder(talk, talk.words.html('notYours'))
const stranger = ({ words, pageUrl }: Talk): Screen => ({ lines: [words.html('stranger', { url: pageUrl })], rows: [] })
const rowsOf = (talk: Talk) => talk.menu().flatMap((_, at, all) => (at % 2 === 0 ? [all.slice(at, at + 2)] : []))

/** The last word on an update that could not be handled: that the fault is ours, and is written down. */
export async function tellBroken({ telegram, log }: Speaking, { body, updateId }: Incoming): Promise<void> {
  const reading = readUpdate(body, '')
  if (!reading || reading.kind === 'reach') return
  const { language, html } = wordsIn(languageFrom(reading.writer.languageCode))
  await telegram
    .send(reading.chatId, { lines: [html('failures.internal')], rows: [] }, language)
    .catch((error: unknown) => log.debug({ updateId, error: String(error) }, 'Nobody could be told'))
}
