import { type Menu, type MenuPageName, mayOpen, type PageName, pageNames, pageOf, pages } from '@repitbot/contracts/pages'
import type { PersonCard, Role } from '@repitbot/contracts/person-card'
import { givesLessons } from '@repitbot/contracts/teaching'
import {
  IconCalendarWeek,
  IconDots,
  IconHome,
  IconInbox,
  IconRepeat,
  IconSchool,
  IconSettings,
  IconSpeakerphone,
  IconSun,
  IconTrophy,
  IconUsers,
} from '@tabler/icons-react'
import type { Word } from '../words.ts'

type Duties = Pick<PersonCard, 'role' | 'teaches'>
type Icon = typeof IconSun
const icons: Record<MenuPageName, Icon> = {
  home: IconSun,
  week: IconCalendarWeek,
  people: IconUsers,
  progress: IconTrophy,
  schedule: IconCalendarWeek,
  inbox: IconInbox,
  series: IconRepeat,
  broadcasts: IconSpeakerphone,
  school: IconSchool,
  settings: IconSettings,
  more: IconDots,
}
/** A page whose name is no key of the texts does not compile. */
const rows: Record<PageName, { name: Word | Partial<Record<Role, Word>> }> = pages

/** By whose words somebody is led: an admin who teaches has the tutor's map, with what only an admin may open besides. */
const mapOf = (card: Duties): Role => (givesLessons(card) ? 'tutor' : card.role)

/** The key of a page's name, as somebody with this card calls it. */
export function nameOf(page: PageName, card?: Duties): Word | undefined {
  const { name } = rows[page]
  return typeof name === 'string' ? name : card && name[mapOf(card)]
}

export type MenuItem = { to: string; name: Word; icon: Icon } & Pick<Menu, 'on' | 'key'>

/** What somebody finds in the navigation, in order. */
export const menuOf = (card: Duties): MenuItem[] =>
  (pageNames as MenuPageName[]).flatMap((page) => {
    const { role } = card
    const { menu, path } = pageOf(page)
    const name = nameOf(page, card)
    if (!menu || !name || !mayOpen(page, role) || menu.roles?.includes(role) === false) return []
    return [{ to: path, name, icon: page === 'home' && role === 'parent' ? IconHome : icons[page], on: menu.on, key: menu.key }]
  })
