import { z } from 'zod'
import { api } from './endpoint.ts'
import { pages } from './pages.ts'

/**
 * The address in the header List-Unsubscribe of a letter that many people get (RFC 8058): a mail program calls it with POST, and for a person
 * who opens it, it is the page of the same address, which asks first.
 */
export const unsubscribeApi = api({
  prefix: pages.unsubscribe.path,
  endpoints: {
    byLetter: {
      method: 'post',
      path: '/',
      summary: 'Get no more e-mails that many people get; `token` is in each of them',
      who: 'anyone',
      rate: 'webhook',
      query: z.strictObject({ token: z.string().min(1).max(300) }),
    },
  },
})
