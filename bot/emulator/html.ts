/** What of Telegram's HTML a message may hold; each name stands for its safe tag on the page. */
const tags: Record<string, string> = {
  ...{ b: 'b', strong: 'b', i: 'i', em: 'i', u: 'u', ins: 'u', s: 's', strike: 's', del: 's' },
  ...{ code: 'code', pre: 'pre', a: 'a', blockquote: 'blockquote', 'tg-spoiler': 'span' },
}
const named: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' }
const piece = /<(\/?)([^\s>/]*)([^>]*)>|&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|([a-zA-Z]+));|[^<&]+|[<&]/gu

export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** A message as it is counted (`plain`) and as a page may show it (`safe`). */
export type Marked = { plain: string; safe: string }
export const unmarked = (text: string): Marked => ({ plain: text, safe: escaped(text) })

/** Reads a message in parse mode HTML as Telegram does; a fault is answered with Telegram's own sentence. */
export function readHtml(html: string): Marked | { fault: string } {
  const open: string[] = []
  let plain = ''
  let safe = ''
  const add = (text: string) => {
    plain += text
    safe += escaped(text)
  }
  for (const { 0: whole, 1: closing, 2: name, 3: rest, 4: decimal, 5: hex, 6: entity, index } of html.matchAll(piece)) {
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
    else if (decimal ?? hex) add(letter(decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)))
    else add(entity === undefined ? whole : (named[entity] ?? whole))
  }
  const left = open.at(-1)
  return left === undefined ? { plain, safe } : { fault: `Can't find end tag corresponding to start tag "${left}"` }
}

const letter = (point: number): string => (point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '')

/** Only web addresses become links on the page: a message must not bring a script. */
function link(attributes: string): string {
  const address = /^\s+href="(https?:\/\/[^"<>]*)"\s*$/.exec(attributes)?.[1]
  return address ? ` href="${address}" rel="noreferrer"` : ''
}
