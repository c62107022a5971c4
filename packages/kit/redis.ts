import { isIP } from 'node:net'
import { Redis } from 'ioredis'
import { whyClosed } from './certificate.ts'
import type { Log } from './log.ts'
import type { Signals } from './signals.ts'

export type RedisAddress = { host: string; port: number; password?: string; tls?: boolean }

/** A Redis that never makes anybody wait long: what it cannot do in time fails, and is not queued. */
export function openRedis(address: RedisAddress, log: Log, commandMsMax = 500): Redis {
  const redis = new Redis({
    ...address,
    password: address.password || undefined,
    // A server of many names must be told which is meant; an address is none.
    tls: address.tls ? (isIP(address.host) ? {} : { servername: address.host }) : undefined,
    enableOfflineQueue: false,
    commandTimeout: commandMsMax,
    connectTimeout: 1_000,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  })
  let told = false
  redis.on('ready', () => (told = false))
  redis.on('error', (error) => {
    if (!told) log.warn({ error: whyClosed(error) }, 'Redis cannot be reached; going on without it')
    told = true
  })
  return redis
}

/** Signals between processes through Redis pub/sub; while it is away they are lost, which signals may be. */
export function redisSignals(address: RedisAddress, log: Log): Signals {
  const out = openRedis(address, log)
  const into = openRedis(address, log)
  const listeners = new Map<string, Set<(message: object) => void>>()
  const topicOf = (topic: string) => `repitbot:${topic}`
  into.on('ready', () => {
    if (listeners.size) into.subscribe(...[...listeners.keys()].map(topicOf)).catch(() => {})
  })
  into.on('message', (channel: string, text: string) => {
    for (const heard of listeners.get(channel.slice('repitbot:'.length)) ?? []) heard(JSON.parse(text) as object)
  })
  return {
    send: (topic, message) => void out.publish(topicOf(topic), JSON.stringify(message)).catch(() => {}),
    listen(topic, heard) {
      const here = listeners.get(topic) ?? new Set()
      listeners.set(topic, here.add(heard))
      if (here.size === 1 && into.status === 'ready') into.subscribe(topicOf(topic)).catch(() => {})
      return () => here.delete(heard)
    },
    close: async () => {
      out.disconnect()
      into.disconnect()
    },
  }
}
