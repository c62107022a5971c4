/** The tags of Telegram's HTML that a message may have, and the safe tag for each on the page. */
const tags: Record<string, string> = {
  b: 'b',
  strong: 'b',
  i: 'i',
  em: 'i',
  u: 'u',
  ins: 'u',
  s: 's',
  strike: 's',
  del: 's',
  code: 'code',
  pre: 'pre',
  a: 'a',
  blockquote: 'blockquote',
  'tg-spoiler': 'span',
}
const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const token = /<(\/?)([^\s>/]*)([^>]*)>|&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-zA-Z]+));|[^<&]+|[<&]/gu

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The text of a message: `plain` is what Telegram counts, `safe` is HTML for the page. */
export type ReadText = { plain: string; safe: string }
export const readPlain = (text: string): ReadText => ({ plain: text, safe: escaped(text) })

/** Reads a message in parse mode HTML as Telegram does; a fault has Telegram's own text. */
export function readHtml(html: string): ReadText | { fault: string } {
  const open: string[] = []
  let plain = ''
  let safe = ''
  const add = (text: string) => {
    plain += text
    safe += escaped(text)
  }
  for (const { 0: whole, 1: closing, 2: name, 3: rest, 4: decimal, 5: hex, 6: entity, index } of html.matchAll(token)) {
    const at = `at byte offset ${Buffer.byteLength(html.slice(0, index))}`
    if (name !== undefined) {
      const tag = tags[name.toLowerCase()]
      if (closing) {
        if (open.pop() !== name.toLowerCase()) return { fault: `Unexpected end tag ${at}` }
        safe += `</${tag}>`
      } else {
        if (tag === undefined) return { fault: `Unsupported start tag "${name}" ${at}` }
        open.push(name.toLowerCase())
        safe += `<${tag}${tag === 'a' ? link(rest ?? '') : ''}>`
      }
    } else if (whole === '<') return { fault: `Unclosed start tag ${at}` }
    else if (decimal ?? hex) add(characterOf(decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)))
    else add(entity === undefined ? whole : (entities[entity] ?? whole))
  }
  const left = open.at(-1)
  return left === undefined ? { plain, safe } : { fault: `Can't find end tag corresponding to start tag "${left}"` }
}

const characterOf = (point: number): string => (point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '')

/** Only web addresses become links on the page: a message must not bring a script. */
function link(attributes: string): string {
  const address = /^\s+href="(https?:\/\/[^"<>]*)"\s*$/.exec(attributes)?.[1]
  return address ? ` href="${address}" rel="noreferrer"` : ''
}
