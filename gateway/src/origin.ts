import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'

/** Where a request comes from: what its connection says, or, where that is a proxy we trust, what the proxy says. */
export type Origin = { address: string; scheme: 'http' | 'https' }

/** By default nobody is trusted, and no header of a client's changes anything. */
export function openOrigin(trustedProxies: string[] = []): (request: IncomingMessage) => Origin {
  if (!trustedProxies.length) return ({ socket }) => ({ address: socket.remoteAddress ?? '', scheme: 'http' })
  const trusts = proxyAddr.compile(trustedProxies)
  return (request) => {
    const told = trusts(request.socket.remoteAddress ?? '', 0) ? request.headers['x-forwarded-proto'] : undefined
    const scheme = String(told).split(',')[0]?.trim() === 'https' ? 'https' : 'http'
    return { address: proxyAddr(request, trusts), scheme }
  }
}
