import { isIP } from 'node:net'

/**
 * An IP address in the one form in which addresses are compared: without port, brackets and zone, IPv6 as short as it is written, and IPv4 for
 * an IPv6 address that only carries one. Undefined for what is no address.
 */
export function addressOf(text: string): string | undefined {
  const [, inBrackets, beforePort] = /^(?:\[([^\]]*)\](?::\d+)?|([\d.]+):\d+)$/.exec(text.trim()) ?? []
  const bare = (inBrackets ?? beforePort ?? text.trim()).replace(/%.*$/, '')
  if (isIP(bare) === 4) return bare
  if (isIP(bare) !== 6) return undefined
  const short = new URL(`http://[${bare}]`).hostname.slice(1, -1)
  const [, high, low] = /^::ffff:([0-9a-f]+):([0-9a-f]+)$/.exec(short) ?? []
  if (high === undefined || low === undefined) return short
  return [high, low].flatMap((pair) => [Number.parseInt(pair, 16) >> 8, Number.parseInt(pair, 16) & 255]).join('.')
}

/** `wide` is undefined for IPv4. */
export type Networks = { narrow: string; wide: string | undefined }

/**
 * The networks by which the client at an address is counted. An IPv4 address is counted whole. With IPv6 one device has a /64 network, and one
 * household often a /56: both are counted, the wide one with bounds `wideTimes` as high. A text that is no address is its own network.
 */
export function networksOf(address: string): Networks {
  const found = addressOf(address) ?? address
  if (isIP(found) !== 6) return { narrow: found, wide: undefined }
  const [head = '', tail] = found.split('::')
  const groups = head.split(':').filter(Boolean)
  const rest = tail?.split(':').filter(Boolean) ?? []
  const [a, b, c, d = '0'] = [...groups, ...Array<string>(8 - groups.length - rest.length).fill('0'), ...rest]
  const household = (Number.parseInt(d, 16) & 0xff00).toString(16)
  return { narrow: `${a}:${b}:${c}:${d}::/64`, wide: `${a}:${b}:${c}:${household}::/56` }
}
export const wideTimes = 4
