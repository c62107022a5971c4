import { createRootRoute, createRoute, createRouter } from '@tanstack/react-router'
import { NotFound } from './not-found.tsx'
import { onDemand } from './on-demand.ts'
import { Frame, Inside } from './shell.tsx'

/** The day that the week is shown of, and a lesson to open there. */
export type WeekPlace = { day?: string; lesson?: string }
const textGiven = (value: unknown) => (typeof value === 'string' ? value : undefined)
const dayGiven = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined)

/** The child whose page a parent opens. */
const childGiven = (search: Record<string, unknown>): { child?: string } => ({ child: textGiven(search.child) })

const byLink = (name: 'FirstSchool' | 'Invited' | 'Reset') => onDemand(() => import('./enter/by-link.tsx'), name)
const root = createRootRoute({ component: Frame })
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Inside })
const parent = { getParentRoute: () => inside }
const people = createRoute({ ...parent, path: '/people', component: onDemand(() => import('./people/people.tsx'), 'People') })

export const router = createRouter({
  routeTree: root.addChildren([
    inside.addChildren([
      createRoute({ ...parent, path: '/', component: onDemand(() => import('./home.tsx'), 'Home') }),
      createRoute({
        ...parent,
        path: '/week',
        validateSearch: (search: Record<string, unknown>): WeekPlace => ({ day: dayGiven(search.day), lesson: textGiven(search.lesson) }),
        component: onDemand(() => import('./lessons/week.tsx'), 'Week'),
      }),
      people.addChildren([
        createRoute({
          getParentRoute: () => people,
          path: '/$userId',
          component: onDemand(() => import('./people/person.tsx'), 'Person'),
        }),
      ]),
      createRoute({
        ...parent,
        path: '/progress',
        validateSearch: childGiven,
        component: onDemand(() => import('./progress-page.tsx'), 'ProgressPage'),
      }),
      createRoute({
        ...parent,
        path: '/schedule',
        validateSearch: childGiven,
        component: onDemand(() => import('./family/schedule.tsx'), 'Schedule'),
      }),
      createRoute({
        ...parent,
        path: '/lessons/$lessonId',
        component: onDemand(() => import('./family/lesson-page.tsx'), 'LessonPage'),
      }),
      createRoute({ ...parent, path: '/inbox', component: onDemand(() => import('./inbox.tsx'), 'Inbox') }),
      createRoute({ ...parent, path: '/settings', component: onDemand(() => import('./settings/settings.tsx'), 'Settings') }),
      createRoute({ ...parent, path: '/school', component: onDemand(() => import('./school.tsx'), 'School') }),
      createRoute({
        ...parent,
        path: '/broadcasts',
        component: onDemand(() => import('./broadcasts/broadcasts.tsx'), 'Broadcasts'),
      }),
      createRoute({ ...parent, path: '/more', component: onDemand(() => import('./more.tsx'), 'More') }),
    ]),
    createRoute({ getParentRoute: () => root, path: '/first-school', component: byLink('FirstSchool') }),
    createRoute({ getParentRoute: () => root, path: '/invite', component: byLink('Invited') }),
    createRoute({ getParentRoute: () => root, path: '/reset', component: byLink('Reset') }),
  ]),
  defaultPreload: 'intent',
  scrollRestoration: true,
  defaultNotFoundComponent: NotFound,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
