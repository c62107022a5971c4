import { deepEqual } from 'node:assert/strict'
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { makeToken, origin, path } from './gateway-load.ts'

const limit = 5

/**
 * Throws where one of the compared, started with a limit of 5 a minute, does not do what it is credited with: a full one verifies tokens,
 * counts, allows the origin, logs and has metrics; a bare one lets everything through, and is credited with nothing more.
 */
export async function showFeatures(shown: { name: string; full: boolean; port: number; log: string }, key: KeyObject): Promise<void> {
  const { name, full, port, log } = shown
  const ask = (token?: string) =>
    fetch(`http://127.0.0.1:${port}${path}`, { headers: { origin, ...(token && { authorization: `Bearer ${token}` }) } })
  const forger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const bad = [
    undefined,
    await makeToken(forger),
    await makeToken(key, { expiresAt: '-1m' }),
    await makeToken(key, { issuer: 'another' }),
    await makeToken(key, { audience: 'another' }),
  ]
  const refused = await Promise.all(bad.map(async (token) => (await ask(token)).status))
  deepEqual(refused, Array(bad.length).fill(full ? 401 : 200), `${name}: tokens that are not good`)
  const token = await makeToken(key)
  const statuses: number[] = []
  for (let n = 0; n < limit + 3; n++) {
    const answer = await ask(token)
    statuses.push(answer.status)
    const body = await answer.text()
    if (answer.ok) deepEqual((JSON.parse(body) as unknown[]).length, 5, `${name}: the service's answer`)
    if (n === 0 && full) deepEqual(answer.headers.get('access-control-allow-origin'), origin, `${name}: the origin`)
  }
  deepEqual(statuses, full ? [...Array(limit).fill(200), 429, 429, 429] : Array(limit + 3).fill(200), `${name}: the limit`)
  if (!full) return
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  deepEqual(/_seconds_bucket\{/.test(metrics), true, `${name}: the metrics`)
  // Lines are written when some kilobytes are together, or after a while.
  for (let n = 0; n < 20; n++) await ask(token)
  await sleep(1_000)
  deepEqual(readFileSync(log, 'latin1').includes('"answered"'), true, `${name}: the access log`)
}
