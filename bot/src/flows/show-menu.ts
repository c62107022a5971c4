import type { ChatContext } from '../feature.ts'
import { button, inRows, type Screen } from '../rules/screen.ts'
import { short } from '../rules/taps.ts'

/** Everything that the person may do, and their other memberships; an explanation for a person who is not linked. */
export function menuOf({ me, words, menu, pageUrl }: ChatContext): Screen {
  if (!me) return { lines: [words.html('stranger', { url: pageUrl })], rows: inRows(menu()) }
  const { card, memberships, userId } = me
  const school = memberships.find((one) => one.userId === userId)?.school ?? ''
  const others = memberships.filter((one) => one.userId !== userId)
  const switches = others.map((one) =>
    button(words.text('menu.as', { school: one.school, role: words.text(`roles.${one.role}`) }), 'as', short(one.userId)),
  )
  const greeting = words.html(card.role === 'student' ? 'menu.student' : 'menu.tutor', { school, name: card.name })
  return { lines: [greeting], rows: [...inRows(menu()), ...inRows(switches, 1)] }
}

/** The buttons back to the menu and to close the card. */
export const lastRow = ({ words }: Pick<ChatContext, 'words'>, back = button(words.text('back'), 'go', 'menu')) => [
  [back, button(words.text('close'), 'x')],
]
