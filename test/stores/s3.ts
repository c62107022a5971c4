import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Running, runOn, waitFor } from './process.ts'

export type S3 = { bucket: string; accessKey: string; secretKey: string }

/** Starts an S3 server (versitygw) with one empty bucket, its folder under `dir`; it checks signatures as S3 does. */
export async function runS3(program: string, dir: string, { port, bucket, accessKey, secretKey }: S3 & { port: number }): Promise<Running> {
  const home = join(dir, 's3')
  for (const folder of ['objects', 'meta']) mkdirSync(join(home, folder, bucket), { recursive: true })
  const args = ['--access', accessKey, '--secret', secretKey, '--port', `127.0.0.1:${port}`, 'posix', '--sidecar', join(home, 'meta')]
  const pid = runOn(program, [...args, join(home, 'objects')], { cwd: home, name: 's3' })
  const url = `http://127.0.0.1:${port}`
  await waitFor(async () => (await fetch(url)).status === 403, pid, join(home, 's3.log'))
  return { url, pids: [pid] }
}
