import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { authApi } from '@repitbot/contracts/auth'
import { client, type Refused } from '@repitbot/contracts/client'
import { inboxApi } from '@repitbot/contracts/inbox'
import { studentApi } from '@repitbot/contracts/student'
import { expect } from 'chai'
import { freePort, isAlive } from '../processes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const firstMsMax = 90_000

type Started = { process: ChildProcess; port: number; said: () => string; told(line: RegExp, msMax?: number): Promise<RegExpMatchArray> }

/** Types the README's first command, as its reader would. */
async function started(data: string, more: string[] = [], port?: number): Promise<Started> {
  const at = port ?? (await freePort())
  const child = spawn('make', ['start', `PORT=${at}`, `DATA=${data}`, ...more], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk
    })
  const told = async (line: RegExp, msMax = firstMsMax) => {
    for (const begun = Date.now(); ; ) {
      const match = text.match(line)
      if (match) return match
      if (child.exitCode !== null || Date.now() - begun > msMax) throw new Error(`It never said ${line}; it said:\n${text}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return { process: child, port: at, said: () => text, told }
}
const ended = (child: ChildProcess) =>
  child.exitCode === null ? new Promise<void>((resolve) => child.once('exit', () => resolve())) : undefined
/** Ctrl-C reaches the whole foreground group. */
const interrupt = (child: ChildProcess) => process.kill(-(child.pid ?? 0), 'SIGINT')
const signedIn = async (port: number, email: string, password = 'repitbot-demo') =>
  client(authApi, { origin: `http://127.0.0.1:${port}` }).login({ email, password })

describe('make start', function () {
  this.timeout(firstMsMax * 2)
  const folders: string[] = []
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'repitbot-start-'))
    chmodSync(made, 0o755)
    folders.push(made)
    return made
  }
  after(() => {
    for (const one of folders) rmSync(one, { recursive: true, force: true })
  })

  describe('with the demo', () => {
    const data = folder()
    let run: Started
    before(async () => {
      run = await started(data)
      await run.told(/Stop: Ctrl-C/)
    })
    after(async () => {
      interrupt(run.process)
      await ended(run.process)
    })

    for (const role of ['tutor', 'student', 'parent', 'admin'])
      it(`lets the demo's ${role} in`, async () => {
        const { accessToken } = await signedIn(run.port, `${role}@demo.test`)
        const { card } = await client(authApi, { origin: `http://127.0.0.1:${run.port}`, token: () => accessToken }).me({})
        expect(card.role).to.equal(role)
      })

    it('has a student whose XP, achievements and notices were earned', async () => {
      const { accessToken, userId } = await signedIn(run.port, 'student@demo.test')
      const deps = { origin: `http://127.0.0.1:${run.port}`, token: () => accessToken }
      const progress = await client(studentApi, deps).progress({ studentId: userId })
      expect(progress.level).to.be.greaterThan(2)
      const { notices } = await client(inboxApi, deps).list({})
      expect(notices.length).to.be.greaterThan(3)
      const { unread } = await client(inboxApi, deps).unread({})
      expect(unread, 'of a week, not of three months').to.be.within(1, 15)
    })

    it('refuses a second start on its port and one on its folder, each by a sentence', async () => {
      const samePort = await started(folder(), [], run.port)
      await ended(samePort.process)
      expect(samePort.said()).to.match(new RegExp(`PORT=${run.port}: this port is taken. Choose another: make start PORT=`))
      const sameFolder = await started(data)
      await ended(sameFolder.process)
      expect(sameFolder.said()).to.match(/it is used by another start \(process \d+\)/)
    })

    it('runs beside another on another port and folder, and forgets nothing by kill -9', async () => {
      const other = await started(folder(), ['DEMO=0'])
      await other.told(/Stop: Ctrl-C/)
      interrupt(other.process)
      await ended(other.process)
      const pid = Number(readFileSync(join(data, 'start.pid'), 'utf8'))
      process.kill(pid, 'SIGKILL')
      await ended(run.process)
      run = await started(data)
      await run.told(/Stop: Ctrl-C/, 15_000)
      expect(run.said()).not.to.include('Demo school')
      expect((await signedIn(run.port, 'parent@demo.test')).memberships).to.have.length(1)
    })

    it('ends everything within five seconds of Ctrl-C, with a stream open', async () => {
      const { accessToken } = await signedIn(run.port, 'student@demo.test')
      const stream = await client(inboxApi, { origin: `http://127.0.0.1:${run.port}`, token: () => accessToken }).stream({})
      void (async () => {
        for await (const _message of stream);
      })().catch(() => {})
      const postgres = Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
      const begun = Date.now()
      interrupt(run.process)
      await ended(run.process)
      expect(Date.now() - begun).to.be.lessThan(5_000)
      expect(isAlive(postgres)).to.equal(false)
      run = await started(data)
      await run.told(/Stop: Ctrl-C/, 15_000)
    })
  })

  it('without the demo prints a link that makes the first school once, and knows nobody of the demo', async () => {
    const run = await started(folder(), ['DEMO=0'])
    const [, token = ''] = await run.told(/first-school#(\S+)/)
    await run.told(/Stop: Ctrl-C/)
    const auth = client(authApi, { origin: `http://127.0.0.1:${run.port}` })
    const refused = async (asked: Promise<unknown>) =>
      (
        await asked.then(
          () => undefined,
          (error: Refused) => error,
        )
      )?.problem.status
    for (const role of ['tutor', 'student', 'parent', 'admin']) expect(await refused(signedIn(run.port, `${role}@demo.test`))).to.equal(401)
    const school = {
      token,
      school: 'School',
      name: 'Owner',
      email: 'owner@school.test',
      password: 'a long password',
      zone: 'Europe/Moscow',
    }
    const { memberships } = await auth.firstSchool(school)
    expect(memberships).to.have.length(1)
    expect(await refused(auth.firstSchool(school))).to.be.oneOf([400, 404, 409])
    expect((await signedIn(run.port, school.email, school.password)).expiresIn).to.be.at.most(600)
    interrupt(run.process)
    await ended(run.process)
  })

  it('says which value of its own is wrong, and how it should be', async () => {
    const run = await started(folder(), ['DEMO=maybe'])
    await ended(run.process)
    expect(run.said()).to.match(/DEMO=maybe: Expected 1, en or 0/)
  })

  it('tells a taken port from the start, whoever holds it', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const { port } = holder.address() as { port: number }
    const run = await started(folder(), [], port)
    await ended(run.process)
    holder.close()
    expect(run.said()).to.include(`PORT=${port}: this port is taken`)
  })
})
