import type { Message } from './channel.ts'

/** Telegram's bound is 4096 characters of what is read; the rest is for the line that links to the page. */
const textMax = 3900

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A message as Telegram's HTML: text that people wrote is escaped. A text that is too long is cut and links to the page that has all of it. */
export function telegramText({ title, body, link }: Message, cutLabel: string): string {
  const room = Math.max(0, textMax - title.length)
  const head = `<b>${escaped(cutAt(title, textMax))}</b>`
  if (body.length <= room) return body ? `${head}\n${escaped(body)}` : head
  return `${head}\n${escaped(cutAt(body, room))}…\n<a href="${escaped(link.url)}">${escaped(cutLabel)}</a>`
}

/** Never between the two halves of a surrogate pair: Telegram refuses the whole message for it. */
const cutAt = (text: string, length: number) => text.slice(0, length).replace(/[\uD800-\uDBFF]$/, '')

/** Telegram refuses buttons with an address that is not https, such as a laptop's. */
export const button = ({ link: { url, label } }: Message) =>
  url.startsWith('https://') ? { inline_keyboard: [[{ text: label, url }]] } : undefined
