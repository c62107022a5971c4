import { type Menu, type MenuPageName, mayOpen, type PageName, pageNames, pageOf, pages } from '@repitbot/contracts/pages'
import type { Role } from '@repitbot/contracts/person-card'
import {
  IconCalendarWeek,
  IconDots,
  IconHome,
  IconInbox,
  IconSchool,
  IconSettings,
  IconSpeakerphone,
  IconSun,
  IconTrophy,
  IconUsers,
} from '@tabler/icons-react'
import type { Word } from '../words.ts'

type Icon = typeof IconSun
const icons: Record<MenuPageName, Icon> = {
  home: IconSun,
  week: IconCalendarWeek,
  people: IconUsers,
  progress: IconTrophy,
  schedule: IconCalendarWeek,
  inbox: IconInbox,
  broadcasts: IconSpeakerphone,
  school: IconSchool,
  settings: IconSettings,
  more: IconDots,
}
/** A page whose name is no key of the texts does not compile. */
const rows: Record<PageName, { name: Word | Partial<Record<Role, Word>> }> = pages

/** The key of a page's name, as one role calls it. */
export function nameOf(page: PageName, role?: Role): Word | undefined {
  const { name } = rows[page]
  return typeof name === 'string' ? name : role && name[role]
}

export type MenuItem = { to: string; name: Word; icon: Icon } & Pick<Menu, 'on' | 'key'>

/** What a role finds in its navigation, in order. */
export const menuOf = (role: Role): MenuItem[] =>
  (pageNames as MenuPageName[]).flatMap((page) => {
    const { menu, path } = pageOf(page)
    const name = nameOf(page, role)
    if (!menu || !name || !mayOpen(page, role) || menu.roles?.includes(role) === false) return []
    return [{ to: path, name, icon: page === 'home' && role === 'parent' ? IconHome : icons[page], on: menu.on, key: menu.key }]
  })
