import type { Talk } from '../feature.ts'
import { button, inRows, type Screen } from '../rules/screen.ts'
import { short } from '../rules/taps.ts'

/** Everything this person may do, and the other memberships they may go on as; an explanation for somebody nobody knows. */
export function menuOf({ me, words, menu, pageUrl }: Talk): Screen {
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

/** The way back to the menu and out, under a card that stands alone. */
export const lastRow = ({ words }: Pick<Talk, 'words'>, back = button(words.text('back'), 'go', 'menu')) => [
  [back, button(words.text('close'), 'x')],
]
