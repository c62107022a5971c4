import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router'
import { Frame, Inside } from './shell.tsx'

const byLink = (name: 'FirstSchool' | 'Invited' | 'Reset') => lazyRouteComponent(() => import('./by-link.tsx'), name)
const root = createRootRoute({ component: Frame })
const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Inside })

export const router = createRouter({
  routeTree: root.addChildren([
    inside.addChildren([
      createRoute({ getParentRoute: () => inside, path: '/', component: lazyRouteComponent(() => import('./home.tsx'), 'Home') }),
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
