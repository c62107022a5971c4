export type Letter = { subject: string; from: string; text: string; html: string }

/** Parses a letter of ours: two parts, each in base64 or quoted-printable. It is not a general parser of mail. */
export function readLetter(raw: string): Letter {
  const [head = '', ...rest] = raw.split(/\r?\n\r?\n/)
  const header = (name: string) => decodeWords(field(head, name))
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
    return decode(content.join('\n\n'), field(partHead, 'content-transfer-encoding'))
  }
  return { subject: header('subject'), from: header('from'), text: part('text/plain'), html: part('text/html') }
}

/** The value of a header, its folded lines joined. */
const field = (head: string, name: string) =>
  new RegExp(`^${name}:\\s*((?:.*)(?:\\r?\\n[ \\t].*)*)`, 'im').exec(head)?.[1]?.replace(/\r?\n[ \t]+/g, ' ') ?? ''

function decode(content: string, encoding: string): string {
  if (/base64/i.test(encoding)) return Buffer.from(content, 'base64').toString()
  return /quoted-printable/i.test(encoding) ? unquote(content.replace(/=\r?\n/g, '')) : content
}

const unquote = (text: string) => text.replace(/(?:=[0-9A-F]{2})+/gi, (bytes) => Buffer.from(bytes.replaceAll('=', ''), 'hex').toString())

const decodeWords = (value: string) =>
  value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      /b/i.test(kind) ? Buffer.from(text, 'base64').toString() : unquote(text.replaceAll('_', ' ')),
    )
