export type Letter = { subject: string; from: string; text: string; html: string }

/** A letter of our own as its reader sees it: two parts, each in base64 or quoted-printable. It is no general parser of mail. */
export function readLetter(raw: string): Letter {
  const [head = '', ...rest] = raw.split(/\r?\n\r?\n/)
  const header = (name: string) => decodedWords(field(head, name))
  const boundary = /boundary="?([^";\r\n]+)/.exec(field(head, 'content-type'))?.[1]
  const body = rest.join('\n\n')
  const parts = boundary ? body.split(`--${boundary}`).slice(1, -1) : [raw]
  const part = (type: string) => {
    const found =
      parts.find((one) =>
        one
          .split(/\r?\n\r?\n/)[0]
          ?.toLowerCase()
          .includes(type),
      ) ?? ''
    const [partHead = '', ...content] = found.trimStart().split(/\r?\n\r?\n/)
    return decoded(content.join('\n\n'), field(partHead, 'content-transfer-encoding'))
  }
  return { subject: header('subject'), from: header('from'), text: part('text/plain'), html: part('text/html') }
}

/** A header with its folded lines joined. */
const field = (head: string, name: string) =>
  new RegExp(`^${name}:\\s*((?:.*)(?:\\r?\\n[ \\t].*)*)`, 'im').exec(head)?.[1]?.replace(/\r?\n[ \t]+/g, ' ') ?? ''

function decoded(content: string, encoding: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(content, 'base64').toString()
  return /quoted-printable/i.test(encoding) ? unquoted(content.replace(/=\r?\n/g, '')) : content
}

const unquoted = (text: string) => text.replace(/(?:=[0-9A-F]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString())

const decodedWords = (value: string) =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      /b/i.test(kind) ? Buffer.from(text, 'base64').toString() : unquoted(text.replaceAll('_', ' ')),
    )
