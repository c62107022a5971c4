import type { IncomingMessage } from 'node:http'
import proxyAddr from 'proxy-addr'

/** Where a request comes from: the address of its connection, or, where that is a trusted proxy, what the proxy's headers say. */
export type Origin = { address: string; scheme: 'http' | 'https' }

/** By default no proxy is trusted, and no header that a client sends changes anything. */
export function openOrigin(trustedProxies: string[] = []): (request: IncomingMessage) => Origin {
  if (!trustedProxies.length) return ({ socket }) => ({ address: socket.remoteAddress ?? '', scheme: 'http' })
  const trusts = proxyAddr.compile(trustedProxies)
  return (request) => {
    const proto = trusts(request.socket.remoteAddress ?? '', 0) ? request.headers['x-forwarded-proto'] : undefined
    const scheme = String(proto).split(',')[0]?.trim() === 'https' ? 'https' : 'http'
    return { address: proxyAddr(request, trusts), scheme }
  }
}
