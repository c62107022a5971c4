import type { Control } from './control.ts'

/** What the tests over all houses guard: the doors, and what goes on between them. */
export const doorControls: Control[] = [
  {
    name: 'a role that may not call is let in',
    file: 'packages/kit/mount.ts',
    find: "next(who[claimsOf(request).role] ? undefined : new Failure('forbidden'))",
    replace: 'next()',
    run: { test: 'test/contract/authorization.test.ts', only: 'PUT /api/v1/lesson-policy at the door of the house' },
    red: 'AssertionError',
  },
  {
    name: 'a token of another kind opens the doors',
    file: 'packages/kit/auth.ts',
    find: "  claims.typ === 'access' &&\n",
    replace: '',
    run: { test: 'test/contract/tokens.test.ts' },
    red: 'of the refresh type',
  },
  {
    name: 'a house shows records to whoever is not linked to them',
    file: 'packages/kit/reach.ts',
    find: "  if (reach === 'own') return own\n",
    replace: "  if (own) return 'true'\n",
    run: { test: 'test/contract/authorization.test.ts', only: 'GET /api/v1/lessons/:lessonId at the door of the house' },
    red: "tutor, stranger's",
  },
  {
    name: 'a lesson is shown to a family with every seat in it',
    file: 'services/lesson/src/store/lessons.ts',
    find: "isFamily(caller) ? within(caller, 's.student_id') : 'true'",
    replace: "isFamily(caller) ? 'true' : 'true'",
    run: { test: 'test/contract/authorization.test.ts', only: 'GET /api/v1/family/lessons at the door of the house' },
    red: 'nothing foreign',
  },
  {
    name: 'a reply leaves a house as it comes',
    file: 'packages/kit/mount.ts',
    find: 'row.reply.parse(answer)',
    replace: 'answer',
    run: { test: 'test/contract/authorization.test.ts', only: 'GET /api/v1/family/lessons at the door of the house' },
    red: 'AssertionError',
  },
  {
    name: 'the gateway forgets who has signed out',
    file: 'gateway/src/lane.ts',
    find: 'found && !ground.revoked.has(found.sid) ?',
    replace: 'found ?',
    run: { test: 'test/contract/authorization.test.ts', only: 'GET /auth/me at the door of the gateway' },
    red: 'AssertionError',
  },
  {
    name: 'a route between houses is public',
    file: 'gateway/src/routes.ts',
    find: ".filter(([, { who }]) => who !== 'house')",
    replace: '',
    run: { test: 'gateway/test/doors.test.ts', only: 'of every public route' },
    red: '/house/revocations',
  },
  {
    name: 'a token that is over opens the doors',
    file: 'packages/kit/auth.ts',
    find: '  claims.exp * 1000 > now.getTime() &&\n',
    replace: '',
    run: { test: 'test/contract/tokens.test.ts' },
    red: 'exp over',
  },
  {
    name: 'the gateway believes a client about its address',
    file: 'gateway/src/forward.ts',
    find: "headers['x-client-address'] = address",
    replace: "headers['x-client-address'] = given['x-client-address'] ?? ''",
    run: { test: 'test/contract/forged.test.ts', only: 'another address' },
    red: 'AssertionError',
  },
  {
    name: 'a body may hold more than it declares',
    file: 'packages/contracts/lesson.ts',
    find: 'export const LessonReport = z.strictObject(',
    replace: 'export const LessonReport = z.object(',
    run: { test: 'test/contract/input.test.ts', only: '/complete takes no field' },
    red: 'AssertionError',
  },
  {
    name: 'text that no column can keep is let in',
    file: 'packages/kit/problem.ts',
    find: "value.includes('\\0')",
    replace: 'value === path[0]',
    run: { test: 'test/contract/input.test.ts', only: 'POST /api/v1/lessons refuses' },
    red: 'AssertionError',
  },
  {
    name: 'an event is acknowledged before it is handled',
    file: 'packages/kit/amqp.ts',
    find: '          await inbox.accept(batch.map(({ content }) => content.toString()))\n          const last = batch.at(-1)\n',
    replace: `          const last = batch.at(-1)
          if (last) channel.ack(last, true)
          await new Promise((resolve) => setTimeout(resolve, 50))
          await inbox.accept(batch.map(({ content }) => content.toString()))
          break\n`,
    run: { test: 'test/journeys/abort.test.ts', only: 'student, between the inbox and the effect' },
    red: 'AssertionError',
  },
]
