import { botSecret, openWorld, serviceSecret } from '@repitbot/kit/testing/world'
import { userService } from '../src/service.ts'
import { openSchool, type Speaker } from './school.ts'

export const startOf = (link: string) => new URL(link).searchParams.get('start') ?? ''
export const tokenOf = (link: string) => startOf(link).replace(/^[a-z]+_/, '')
export const sidOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sid as string

export type TelegramSchool = Awaited<ReturnType<typeof openTelegramSchool>>
/** A school with an admin, and the bot beside it. */
export async function openTelegramSchool() {
  const school = await openSchool(await openWorld({ services: [userService], people: false }), serviceSecret)
  const admin = school.as(school.admin.accessToken)
  const bot: Speaker['auth'] = school.as(undefined, { secret: botSecret }).auth
  let ids = 1000
  const newId = () => String(ids++)
  /** A child of the school who signs in by Telegram alone. */
  const inTelegram = async (telegramId = newId()) => {
    const { token } = await admin.people.invite({ role: 'student' })
    return { telegramId, ...(await bot.telegramAccept({ telegramId, token, name: 'Child' })) }
  }
  const linkTo = async (who: Speaker, telegramId: string, answer: 'yes' | 'no' = 'yes') =>
    bot.telegramConfirm({ telegramId, kind: 'link', token: tokenOf((await who.auth.telegramLink({})).link), answer })
  const login = async () => {
    const { link, secret, number } = await school.as(undefined, { agent: 'Firefox', address: '203.0.113.5' }).auth.telegramLogin({})
    return { token: tokenOf(link), secret, link, number }
  }
  const finish = (secret: string) => school.as(undefined, { agent: 'Firefox', address: '203.0.113.5' }).auth.telegramFinish({ secret })
  const cardOf = async (token: string) => (await school.as(token).auth.me({})).card
  const revoked = async () => (await school.as().trust.revocations({})).sessionIds
  return { school, admin, bot, newId, inTelegram, linkTo, login, finish, cardOf, revoked }
}
