import type { IncomingMessage } from 'node:http'
import { addressOf } from '@repitbot/kit/network'
import proxyAddr from 'proxy-addr'

/** Where a request comes from: the address of its connection, or, where that is a trusted proxy, what the proxy's headers say. */
export type Origin = { address: string; scheme: 'http' | 'https' }

/**
 * By default no proxy is trusted, and no header that a client sends changes anything. Some proxies write the port beside the address; what is no
 * address counts as the proxy's own. Where the public address is https, every request counts as such.
 */
export function openOrigin(trustedProxies: string[] = [], publicUrl = ''): (request: IncomingMessage) => Origin {
  const ofPublicUrl = publicUrl.startsWith('https:') ? 'https' : 'http'
  if (!trustedProxies.length) return ({ socket }) => ({ address: addressOf(socket.remoteAddress ?? '') ?? '', scheme: ofPublicUrl })
  const compiled = proxyAddr.compile(trustedProxies)
  const trusts = (address: string, distance: number) => compiled(addressOf(address) ?? address, distance)
  return (request) => {
    const proto = trusts(request.socket.remoteAddress ?? '', 0) ? request.headers['x-forwarded-proto'] : undefined
    const scheme = String(proto).split(',')[0]?.trim() === 'https' ? 'https' : ofPublicUrl
    return { address: addressOf(proxyAddr(request, trusts)) ?? addressOf(request.socket.remoteAddress ?? '') ?? '', scheme }
  }
}
