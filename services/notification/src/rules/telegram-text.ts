import type { Message } from './channel.ts'

/** Telegram's bound is 4096 characters of what is read; the rest is for the line that links to the page. */
const textMax = 3900

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A message as Telegram's HTML: text that people wrote is escaped. A text that is too long is cut and links to the page that has all of it. */
export function telegramText({ title, body, link }: Message, cutLabel: string): string {
  const room = Math.max(0, textMax - title.length)
  const head = `<b>${escaped(title.slice(0, textMax))}</b>`
  if (body.length <= room) return body ? `${head}\n${escaped(body)}` : head
  // Never between the two halves of a surrogate pair.
  const cut = body.slice(0, room).replace(/[\uD800-\uDBFF]$/, '')
  return `${head}\n${escaped(cut)}…\n<a href="${escaped(link.url)}">${escaped(cutLabel)}</a>`
}

/** Telegram refuses buttons with an address that is not https, such as a laptop's. */
export const button = ({ link: { url, label } }: Message) =>
  url.startsWith('https://') ? { inline_keyboard: [[{ text: label, url }]] } : undefined
