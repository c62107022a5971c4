import type { Role } from './endpoint.ts'

/** One page of the web app. The gateway, the router, the navigation, the title, the check of roles and the test are made from it. */
type Page = {
  /** The path in the browser; `:name` is a parameter. */
  path: `/${string}`
  /** Who may open it. `anyone`: also without signing in; its address has a secret, after the # where the server need not see it. */
  roles: readonly Role[] | 'anyone'
  /** The key of its name in the web texts; one for each role where the names differ. */
  name: string | Partial<Record<Role, string>>
  /** Where the navigation shows it; without this it is opened from other pages. */
  menu?: Menu
  /** The page beside which it is shown. */
  within?: string
  /** Uses the whole width of the screen. */
  wide?: true
}
export type Menu = {
  /** `desktop`: on a phone it is listed on the page `more`; `phone`: only on a phone. */
  on: 'everywhere' | 'desktop' | 'phone'
  /** The key that opens the page, pressed after g. */
  key?: string
  /** The roles whose navigation shows it; by default all who may open it. */
  roles?: readonly Role[]
}

const everybody = ['admin', 'tutor', 'parent', 'student'] as const
const staff = ['admin', 'tutor'] as const
const family = ['parent', 'student'] as const

/** In the order of the navigation. Keep this file small: a browser loads it on the first visit. */
export const pages = {
  home: {
    path: '/',
    roles: everybody,
    name: { tutor: 'today', student: 'today', parent: 'overview', admin: 'schoolToday' },
    menu: { on: 'everywhere', key: 't' },
  },
  week: { path: '/week', roles: staff, name: 'week', menu: { on: 'everywhere', key: 'w' }, wide: true },
  people: {
    path: '/people',
    roles: staff,
    name: { tutor: 'students', admin: 'people' },
    menu: { on: 'everywhere', key: 'p' },
    wide: true,
  },
  person: { path: '/people/:userId', roles: staff, name: { tutor: 'students', admin: 'people' }, within: 'people', wide: true },
  progress: { path: '/progress', roles: family, name: 'progress', menu: { on: 'everywhere', key: 'p', roles: ['student'] } },
  schedule: { path: '/schedule', roles: family, name: 'schedule', menu: { on: 'everywhere', key: 's' } },
  lesson: { path: '/lessons/:lessonId', roles: family, name: 'lesson' },
  inbox: { path: '/inbox', roles: everybody, name: 'inbox', menu: { on: 'everywhere', key: 'i', roles: family } },
  series: { path: '/series', roles: staff, name: 'series', menu: { on: 'desktop' } },
  broadcasts: { path: '/broadcasts', roles: staff, name: 'broadcasts', menu: { on: 'desktop' } },
  school: { path: '/school', roles: ['admin'], name: 'school', menu: { on: 'desktop' } },
  settings: { path: '/settings', roles: everybody, name: 'settings', menu: { on: 'desktop', key: 'o' } },
  more: { path: '/more', roles: staff, name: 'more', menu: { on: 'phone' } },
  confirm: { path: '/confirm', roles: everybody, name: 'confirmTitle' },
  firstSchool: { path: '/first-school', roles: 'anyone', name: 'firstSchool' },
  invite: { path: '/invite', roles: 'anyone', name: 'acceptTitle' },
  reset: { path: '/reset', roles: 'anyone', name: 'newPassword' },
  unsubscribe: { path: '/unsubscribe', roles: 'anyone', name: 'unsubscribe' },
} as const satisfies Record<string, Page>

type Pages = typeof pages
export type PageName = keyof Pages
type NamesOf<Shape> = { [Name in PageName]: Pages[Name] extends Shape ? Name : never }[PageName]
/** Pages open without signing in; pages shown beside another one; pages in the navigation. */
export type OpenPageName = NamesOf<{ roles: 'anyone' }>
export type NestedPageName = NamesOf<{ within: string }>
export type MenuPageName = NamesOf<{ menu: Menu }>

export const pageNames = Object.keys(pages) as PageName[]
/** The row of a page as the general type, without the literal types of that row. */
export const pageOf = (name: PageName): Page => pages[name]
export function mayOpen(name: PageName, role: Role): boolean {
  const { roles } = pageOf(name)
  return roles === 'anyone' || roles.includes(role)
}
