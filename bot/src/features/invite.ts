import { type Form, feature } from '../feature.ts'
import { lastRow } from '../flows/show-menu.ts'
import { inRows, paged } from '../rules/screen.ts'
import { long, short } from '../rules/taps.ts'

type Data = { student?: { id: string; name: string }; page: number }

const form: Form<Data> = {
  async show({ words, api }, { student, page }, pick) {
    if (student) {
      const { name } = student
      const choices = [
        pick(words.text('invite.student', { name }).slice(0, 60), 'student'),
        pick(words.text('invite.parent', { name }).slice(0, 60), 'parent'),
      ]
      return { lines: words.html('invite.whom').split('\n'), rows: inRows(choices, 1) }
    }
    const all = await api.people.list({ role: 'student', limit: 200 })
    const { items, pager } = paged(all, page, (to, label) => pick(label, `page:${to}`))
    return {
      lines: words.html('invite.who').split('\n'),
      rows: [...inRows(items.map(({ userId, name }) => pick(name.slice(0, 60), `who:${short(userId)}`))), ...pager],
    }
  },
  async choose(context, data, choice) {
    const { words, api, once, me } = context
    const [verb, value = ''] = choice.split(':')
    if (verb === 'back')
      return data.student ? { data: { page: data.page } } : { leave: { lines: [words.html('cancelled')], rows: inRows(context.menu()) } }
    if (verb === 'page') return { data: { ...data, page: Number(value) } }
    if (verb === 'who') {
      const { userId, name } = await api.people.get({ userId: long(value) })
      return { data: { ...data, student: { id: userId, name } } }
    }
    const { student } = data
    if (!student || (verb !== 'student' && verb !== 'parent')) return { fault: 'form.choose' }
    const invited =
      verb === 'student' ? { role: 'student' as const, userId: student.id } : { role: 'parent' as const, studentIds: [student.id] }
    const { link, code, ...made } = await api.people.invite(invited, once('invite'))
    const telegramLink = made.telegramLink ?? link
    const school = me.memberships.find(({ userId }) => userId === me.userId)?.school ?? ''
    const share = `https://t.me/share/url?${new URLSearchParams({ url: telegramLink, text: words.text('invite.message', { school }) })}`
    const rows = [[{ label: words.text('invite.send'), url: share }], ...lastRow(context)]
    return { leave: { lines: words.html('invite.made', { link, telegramLink, code: code ?? '' }).split('\n'), rows } }
  },
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
      const { userId, name } = await api.people.get({ userId: long(id) })
      return { form: 'invite', data: { student: { id: userId, name }, page: 0 } }
    },
  },
})
