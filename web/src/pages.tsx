import { type NestedPageName, type OpenPageName, type PageName, pages } from '@repitbot/contracts/pages'
import { type AnyRoute, createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { ErrorPage } from './error-page.tsx'
import { NotFound } from './not-found.tsx'
import { onDemand } from './on-demand.ts'
import { peopleStates } from './people/choose-people.ts'
import { Frame, SignedIn } from './shell.tsx'

const textGiven = (value: unknown) => (typeof value === 'string' ? value : undefined)
const dayGiven = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined)
/** The day that the week is shown of, and a lesson to open there. */
const weekSearch = (search: Record<string, unknown>): { day?: string; lesson?: string } => ({
  day: dayGiven(search.day),
  lesson: textGiven(search.lesson),
})
/** The child whose page a parent opens. */
const childSearch = (search: Record<string, unknown>): { child?: string } => ({ child: textGiven(search.child) })
/** Whom the list of people begins with. */
const peopleSearch = (search: Record<string, unknown>): { state?: (typeof peopleStates)[number] } => ({
  state: peopleStates.find((one) => one === search.state),
})
const byLink = (name: 'FirstSchool' | 'Invited' | 'Reset' | 'Unsubscribe') => onDemand(() => import('./enter/by-link.tsx'), name)

const root = createRootRoute({ component: Frame })
const signedIn = createRoute({ getParentRoute: () => root, id: 'signed-in', component: SignedIn })

type Row<Name extends PageName> = (typeof pages)[Name]
type SignedInPageName = Exclude<PageName, OpenPageName | NestedPageName>
/** The register writes `:name` for a part that varies, the router `$name`. */
type Path<Text extends string> = Text extends `${infer Before}:${infer After}` ? `${Before}$${After}` : Text
type PathBelow<Text extends string, Parent extends string> = Text extends `${Parent}${infer Rest}` ? Path<Rest> : never
const row = <Name extends PageName>(page: Name) => ({
  path: pages[page].path.replaceAll(':', '$') as Path<Row<Name>['path']>,
  staticData: { page },
})
const open = <Name extends OpenPageName>(page: Name) => ({ ...row(page), getParentRoute: () => root })
const within = <Name extends SignedInPageName>(page: Name) => ({ ...row(page), getParentRoute: () => signedIn })
/** A page drawn beside another one has the rest of its address below that one's. */
const below = <Name extends NestedPageName>(page: Name) => ({
  ...row(page),
  path: row(page).path.slice(pages[pages[page].within].path.length) as PathBelow<Row<Name>['path'], Row<Row<Name>['within']>['path']>,
})

const people = createRoute({
  ...within('people'),
  validateSearch: peopleSearch,
  component: onDemand(() => import('./people/people.tsx'), 'People'),
})
const besidePeople = {
  person: createRoute({
    ...below('person'),
    getParentRoute: () => people,
    component: onDemand(() => import('./people/person.tsx'), 'Person'),
  }),
} satisfies Record<NestedPageName, AnyRoute>

/** A page of the register without its component here does not compile. */
const signedInPages = {
  home: createRoute({ ...within('home'), component: onDemand(() => import('./home.tsx'), 'Home') }),
  week: createRoute({
    ...within('week'),
    validateSearch: weekSearch,
    component: onDemand(() => import('./lessons/week/week.tsx'), 'Week'),
  }),
  people: people.addChildren(besidePeople),
  progress: createRoute({
    ...within('progress'),
    validateSearch: childSearch,
    component: onDemand(() => import('./progress-page.tsx'), 'ProgressPage'),
  }),
  schedule: createRoute({
    ...within('schedule'),
    validateSearch: childSearch,
    component: onDemand(() => import('./family/schedule.tsx'), 'Schedule'),
  }),
  lesson: createRoute({ ...within('lesson'), component: onDemand(() => import('./family-lesson/lesson-page.tsx'), 'LessonPage') }),
  inbox: createRoute({ ...within('inbox'), component: onDemand(() => import('./inbox.tsx'), 'Inbox') }),
  series: createRoute({ ...within('series'), component: onDemand(() => import('./lessons/series/series.tsx'), 'SeriesList') }),
  broadcasts: createRoute({ ...within('broadcasts'), component: onDemand(() => import('./broadcasts/broadcasts.tsx'), 'Broadcasts') }),
  school: createRoute({ ...within('school'), component: onDemand(() => import('./school.tsx'), 'School') }),
  settings: createRoute({ ...within('settings'), component: onDemand(() => import('./settings/settings.tsx'), 'Settings') }),
  confirm: createRoute({ ...within('confirm'), component: onDemand(() => import('./enter/confirm.tsx'), 'Confirm') }),
  more: createRoute({ ...within('more'), component: onDemand(() => import('./more.tsx'), 'More') }),
} satisfies Record<SignedInPageName, AnyRoute>

const openPages = {
  firstSchool: createRoute({ ...open('firstSchool'), component: byLink('FirstSchool') }),
  invite: createRoute({ ...open('invite'), component: byLink('Invited') }),
  reset: createRoute({ ...open('reset'), component: byLink('Reset') }),
  unsubscribe: createRoute({ ...open('unsubscribe'), component: byLink('Unsubscribe') }),
} satisfies Record<OpenPageName, AnyRoute>

export const router = createRouter({
  routeTree: root.addChildren({ signedIn: signedIn.addChildren(signedInPages), ...openPages }),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultNotFoundComponent: NotFound,
  defaultErrorComponent: ErrorPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
  interface StaticDataRouteOption {
    page?: PageName
  }
}
