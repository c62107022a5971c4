import { lookup } from 'node:dns/promises'
import { isIP } from 'node:net'
import type { Log } from '@repitbot/kit/log'
import { type Instance, openInstance } from './instance.ts'

/** All addresses that a name resolves to now. */
export type Resolve = (name: string) => Promise<string[]>
const resolveByDns: Resolve = async (name) => (await lookup(name, { all: true })).map(({ address }) => address)

/** The processes of one service. */
export type Instances = {
  all(): Instance[]
  /** The least busy instance of those that are up, in turn where several are equally busy. Where none is up, of all: then the breaker decides. */
  pick(but?: Instance): Instance | undefined
  /** Resolves the names again. Instances that are gone from them finish the requests they have. */
  read(): Promise<void>
  probe(): Promise<void>
  close(): Promise<void>
}

/** `urls` lists where a service answers; a DNS name means all its addresses. */
export function openInstances(urls: string[], log: Log, resolve: Resolve = resolveByDns): Instances {
  const instances = new Map<string, Instance>()
  let list: Instance[] = []
  let turn = 0
  let isLogged = false
  const read = async () => {
    try {
      const found = await Promise.all(urls.map(async (text) => addressesOf(new URL(text), resolve)))
      const wanted = new Map(found.flat().map(({ url, ip }) => [`${url.origin} ${ip}`, { url, ip }]))
      for (const [key, { url, ip }] of wanted) if (!instances.has(key)) instances.set(key, openInstance(url, ip))
      const left = [...instances].filter(([key]) => !wanted.has(key))
      for (const [key, instance] of left) {
        instances.delete(key)
        Promise.all([instance.pool.close(), instance.streams.close()]).catch(() => {})
      }
      list = [...instances.values()]
      isLogged = false
    } catch (error) {
      if (!isLogged) log.warn({ urls, error: String(error) }, 'The addresses of a service cannot be read; the last ones stay')
      isLogged = true
    }
  }
  return {
    all: () => list,
    pick(but) {
      let best: Instance | undefined
      turn++
      for (let n = 0; n < list.length; n++) {
        const one = list[(turn + n) % list.length] as Instance
        if (one !== but && (!best || isBetter(one, best))) best = one
      }
      return best ?? but
    },
    read,
    probe: async () => void (await Promise.all(list.map((one) => one.probe()))),
    close: async () => void (await Promise.all(list.map((one) => one.close()))),
  }
}

function isBetter(one: Instance, other: Instance): boolean {
  const isUp = one.state() === 'up'
  return isUp === (other.state() === 'up') ? one.busy < other.busy : isUp
}

async function addressesOf(url: URL, resolve: Resolve): Promise<{ url: URL; ip: string }[]> {
  const name = url.hostname.replace(/^\[|\]$/g, '')
  const ips = isIP(name) ? [name] : await resolve(name)
  if (!ips.length) throw new Error(`${name} has no address`)
  return ips.map((ip) => ({ url, ip }))
}
