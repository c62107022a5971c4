import { isIP } from 'node:net'
import { Redis } from 'ioredis'
import { describeFault } from './certificate.ts'
import type { Log } from './log.ts'
import type { Signals } from './signals.ts'

export type RedisAddress = { host: string; port: number; password?: string; tls?: boolean }

/** A Redis client that never makes a request wait long: a command fails after 500 ms, and none is queued while Redis is down. */
export function openRedis(address: RedisAddress, log: Log, commandMsMax = 500): Redis {
  const redis = new Redis({
    ...address,
    password: address.password || undefined,
    // A server with several certificates needs the name (SNI); an IP address is not a name.
    tls: address.tls ? (isIP(address.host) ? {} : { servername: address.host }) : undefined,
    enableOfflineQueue: false,
    commandTimeout: commandMsMax,
    connectTimeout: 1_000,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2_000),
  })
  let isLogged = false
  redis.on('ready', () => (isLogged = false))
  redis.on('error', (error) => {
    if (!isLogged) log.warn({ error: describeFault(error) }, 'Redis cannot be reached; going on without it')
    isLogged = true
  })
  return redis
}

/** Signals between processes through Redis pub/sub; while Redis is down they are lost, as signals may be. */
export function redisSignals(address: RedisAddress, log: Log): Signals {
  const publisher = openRedis(address, log)
  const subscriber = openRedis(address, log)
  const listeners = new Map<string, Set<(message: object) => void>>()
  const topicOf = (topic: string) => `repitbot:${topic}`
  subscriber.on('ready', () => {
    if (listeners.size) subscriber.subscribe(...[...listeners.keys()].map(topicOf)).catch(() => {})
  })
  subscriber.on('message', (channel: string, text: string) => {
    for (const listener of listeners.get(channel.slice('repitbot:'.length)) ?? []) listener(JSON.parse(text) as object)
  })
  return {
    send: (topic, message) => void publisher.publish(topicOf(topic), JSON.stringify(message)).catch(() => {}),
    listen(topic, listener) {
      const ofTopic = listeners.get(topic) ?? new Set()
      listeners.set(topic, ofTopic.add(listener))
      if (ofTopic.size === 1 && subscriber.status === 'ready') subscriber.subscribe(topicOf(topic)).catch(() => {})
      return () => ofTopic.delete(listener)
    },
    close: async () => {
      publisher.disconnect()
      subscriber.disconnect()
    },
  }
}
