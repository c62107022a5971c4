/** Telegram's limit for callback_data. */
const bytesMax = 64

/** The data of a button: a verb and an id. Everything else is read when it is tapped, since a tap may come from an old card. */
export function tapOf(verb: string, id = ''): string {
  const data = `v1:${verb}:${id}`
  if (Buffer.byteLength(data) > bytesMax) throw new Error(`${data} is longer than a button can carry`)
  return data
}
export function readTap(data: string): { verb: string; id: string } | undefined {
  const [, verb, id] = /^v1:([a-z_]+):(.*)$/s.exec(data) ?? []
  return verb === undefined ? undefined : { verb, id: id ?? '' }
}

/** A uuid in 22 characters instead of 36. */
export const short = (uuid: string): string => Buffer.from(uuid.replaceAll('-', ''), 'hex').toString('base64url')
export function long(id: string): string {
  const hex = Buffer.from(id, 'base64url').toString('hex').padEnd(32, '0').slice(0, 32)
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
