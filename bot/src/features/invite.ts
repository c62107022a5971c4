import { type Form, feature } from '../feature.ts'
import { studentChoice, turnPage } from '../flows/list-students.ts'
import { lastRow } from '../flows/show-menu.ts'
import { inRows } from '../rules/screen.ts'
import { long } from '../rules/taps.ts'

type Data = { student?: { id: string; name: string; signsIn?: boolean }; page: number; find?: string }

const form: Form<Data> = {
  async show(context, { student, ...shown }, pick) {
    const { words } = context
    if (student) {
      const { name, signsIn } = student
      // Who signs in already needs no invitation, and would be refused one.
      const choices = signsIn ? [] : [pick(words.text('invite.student', { name }), 'student')]
      choices.push(pick(words.text('invite.parent', { name }), 'parent'))
      return { lines: words.html('invite.whom').split('\n'), rows: inRows(choices, 1) }
    }
    const { lines, rows } = await studentChoice(context, shown, pick)
    return { lines: [...words.html('invite.who').split('\n'), ...lines], rows }
  },
  async choose(context, data, choice) {
    const { words, api, once, me } = context
    const [verb, value = ''] = choice.split(':')
    if (verb === 'back')
      return data.student
        ? { data: { ...data, student: undefined } }
        : { leave: { lines: [words.html('cancelled')], rows: inRows(context.menu()) } }
    if (verb === 'page') return { data: turnPage(data, value) }
    if (verb === 'who') {
      const { userId, name, signsIn } = await api.people.get({ userId: long(value) })
      return { data: { ...data, student: { id: userId, name, signsIn } } }
    }
    const { student } = data
    if (!student || (verb !== 'student' && verb !== 'parent')) return { fault: 'form.choose' }
    const invited =
      verb === 'student' ? { role: 'student' as const, userId: student.id } : { role: 'parent' as const, studentIds: [student.id] }
    const { link, code, ...made } = await api.people.invite(invited, once('invite'))
    const telegramLink = made.telegramLink ?? ''
    const school = me.memberships.find(({ userId }) => userId === me.userId)?.school ?? ''
    const share = `https://t.me/share/url?${new URLSearchParams({ url: telegramLink || link, text: words.text('invite.message', { school }) })}`
    const rows = [[{ label: words.text('invite.send'), url: share }], ...lastRow(context)]
    return {
      leave: {
        lines: words.html(telegramLink ? 'invite.made' : 'invite.madeWithoutBot', { link, telegramLink, code: code ?? '' }).split('\n'),
        rows,
      },
    }
  },
  write: (_context, data, text) => (data.student ? undefined : { data: { page: 0, find: text.slice(0, 100) } }),
}

/** An invitation to forward, for a student or a parent of one. */
export const invite = feature({
  command: 'invite',
  for: ['admin', 'tutor'],
  form,
  open: async ({ api, words, pageUrl }) => {
    const [student] = await api.people.list({ role: 'student', limit: 1 })
    return student ? { form: 'invite', data: { page: 0 } } : { lines: [words.html('students.empty', { url: pageUrl })], rows: [] }
  },
  taps: {
    /** With a student chosen already. */
    inv: async ({ api }, id) => {
      const { userId, name, signsIn } = await api.people.get({ userId: long(id) })
      return { form: 'invite', data: { student: { id: userId, name, signsIn }, page: 0 } }
    },
  },
})
