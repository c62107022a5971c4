import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Frame, Inside } from './shell.tsx'

const byLink = (name: 'FirstSchool' | 'Invited' | 'Reset') => lazyRouteComponent(() => import('./by-link.tsx'), name)
/** The day that the week is shown of, and a lesson to open there. */
export type WeekPlace = { day?: string; lesson?: string }
const textGiven = (value: unknown) => (typeof value === 'string' ? value : undefined)
const dayGiven = (value: unknown) => (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value) ? value : undefined)

const root = createRootRoute({ component: Frame })
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Inside })

export const router = createRouter({
  routeTree: root.addChildren([
    inside.addChildren([
      createRoute({ getParentRoute: () => inside, path: '/', component: lazyRouteComponent(() => import('./home.tsx'), 'Home') }),
      createRoute({
        getParentRoute: () => inside,
        path: '/week',
        validateSearch: (search: Record<string, unknown>): WeekPlace => ({ day: dayGiven(search.day), lesson: textGiven(search.lesson) }),
        component: lazyRouteComponent(() => import('./lessons/week.tsx'), 'Week'),
      }),
      createRoute({ getParentRoute: () => inside, path: '/people', component: lazyRouteComponent(() => import('./people.tsx'), 'People') }),
      createRoute({ getParentRoute: () => inside, path: '/inbox', component: lazyRouteComponent(() => import('./inbox.tsx'), 'Inbox') }),
    ]),
    createRoute({ getParentRoute: () => root, path: '/first-school', component: byLink('FirstSchool') }),
    createRoute({ getParentRoute: () => root, path: '/invite', component: byLink('Invited') }),
    createRoute({ getParentRoute: () => root, path: '/reset', component: byLink('Reset') }),
  ]),
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}
