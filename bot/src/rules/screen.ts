import { tapOf } from './taps.ts'

export type Button = { label: string } & ({ tap: string } | { url: string })
/** What a message shows: lines of safe HTML, and rows of buttons. */
export type Screen = {
  lines: string[]
  rows: Button[][]
  /** What a tap is answered with, beside the change of the card. */
  toast?: string
}

const textMax = 4096
const perPage = 8

export const button = (label: string, verb: string, id = ''): Button => ({ label, tap: tapOf(verb, id) })

/** Buttons in rows of so many. */
export const inRows = (buttons: Button[], width = 2): Button[][] =>
  buttons.flatMap((_, at) => (at % width === 0 ? [buttons.slice(at, at + width)] : []))

/** One page of a list, counted from 0 and never past the end, with the row that leafs through it when there are more. */
export function paged<T>(all: T[], page: number, turn: (to: number, label: string) => Button): { shown: T[]; turning: Button[][] } {
  const pages = Math.max(1, Math.ceil(all.length / perPage))
  const at = Math.min(Math.max(0, Number.isInteger(page) ? page : 0), pages - 1)
  const turning = [turn(Math.max(0, at - 1), '‹'), turn(at, `${at + 1}/${pages}`), turn(Math.min(pages - 1, at + 1), '›')]
  return { shown: all.slice(at * perPage, (at + 1) * perPage), turning: pages > 1 ? [turning] : [] }
}

/** The text of a message. One that Telegram would not take is cut between lines, and `more` says where the rest is. */
export function textOf(lines: string[], more: string): string {
  const whole = lines.join('\n')
  if (whole.length <= textMax) return whole
  const room = textMax - more.length - 2
  let text = ''
  for (const line of lines) {
    const left = room - text.length
    if (line.length < left) text += `${line}\n`
    else {
      // A line without marks can be cut anywhere; one with them would lose its end tags.
      if (!/[<&]/.test(line)) text += `${line.slice(0, Math.max(0, left - 2))}…\n`
      break
    }
  }
  return `${text}\n${more}`
}

/** Blocks that show how far something is, such as ▰▰▰▱▱. */
export function bar(part: number, whole: number, blocks = 10): string {
  const full = whole > 0 ? Math.min(blocks, Math.max(0, Math.floor((part / whole) * blocks))) : blocks
  return '▰'.repeat(full) + '▱'.repeat(blocks - full)
}
