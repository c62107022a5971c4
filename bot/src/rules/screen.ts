import { tapOf } from './taps.ts'

export type Button = { label: string } & ({ tap: string } | { url: string })
/** What a message shows: lines of safe HTML, and rows of buttons. */
export type Screen = {
  lines: string[]
  rows: Button[][]
  /** A short note that Telegram shows over the chat after a tap. */
  toast?: string
}

const textMax = 4096
export const labelMax = 60
const perPage = 8

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

/** The beginning of a text, in so many UTF-16 units at most: no emoji and no letter with its accent is cut in two. */
export function cut(text: string, length: number): string {
  if (text.length <= length) return text
  let end = 0
  for (const { index, segment } of graphemes.segment(text)) {
    if (index + segment.length > length - 1) break
    end = index + segment.length
  }
  return `${text.slice(0, end)}…`
}

/** A button whose label is cut to what a phone shows. */
export const button = (label: string, verb: string, id = ''): Button => ({ label: cut(label, labelMax), tap: tapOf(verb, id) })

/** Whether Telegram takes an address as that of a button: it refuses the whole message for a host without a dot. */
export const isButtonUrl = (url: string): boolean =>
  /^https?:\/\/\S+$/i.test(url) && URL.canParse(url) && /[^.]\.[^.]/.test(new URL(url).hostname)

/** Buttons in rows of so many. */
export const inRows = (buttons: Button[], width = 2): Button[][] =>
  buttons.flatMap((_, at) => (at % width === 0 ? [buttons.slice(at, at + width)] : []))

/** One page of a list, counted from 0 and never past the end, with the row of buttons to the other pages when there are any. */
export function paged<T>(all: T[], page: number, turn: (to: number, label: string) => Button): { items: T[]; pager: Button[][] } {
  const pages = Math.max(1, Math.ceil(all.length / perPage))
  const at = Math.min(Math.max(0, Number.isInteger(page) ? page : 0), pages - 1)
  const pager = [turn(Math.max(0, at - 1), '‹'), turn(at, `${at + 1}/${pages}`), turn(Math.min(pages - 1, at + 1), '›')]
  return { items: all.slice(at * perPage, (at + 1) * perPage), pager: pages > 1 ? [pager] : [] }
}

/** The text of a message. One that is longer than Telegram takes is cut between lines, and `more` says where the rest is. */
export function textOf(lines: string[], more: string): string {
  const whole = lines.join('\n')
  if (whole.length <= textMax) return whole
  const room = textMax - more.length - 2
  let text = ''
  for (const line of lines) {
    const left = room - text.length
    if (line.length < left) text += `${line}\n`
    else {
      // A line without tags and entities can be cut anywhere; others would lose their end tags.
      if (!/[<&]/.test(line)) text += `${cut(line, Math.max(1, left - 1))}\n`
      break
    }
  }
  return `${text}\n${more}`
}

/** A progress bar, such as ▰▰▰▱▱. */
export function bar(part: number, whole: number, blocks = 10): string {
  const filled = whole > 0 ? Math.min(blocks, Math.max(0, Math.floor((part / whole) * blocks))) : blocks
  return '▰'.repeat(filled) + '▱'.repeat(blocks - filled)
}
