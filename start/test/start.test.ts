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
import { freePorts, isAlive } from '../processes.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const firstMsMax = 90_000

type Run = { process: ChildProcess; port: number; output: () => string; line(pattern: RegExp, msMax?: number): Promise<RegExpMatchArray> }

/** Runs the first command of the README. */
async function runStart(data: string, more: string[] = [], port?: number): Promise<Run> {
  const [free = 0] = await freePorts(1)
  const at = port ?? free
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
  const line = async (pattern: RegExp, msMax = firstMsMax) => {
    for (const begun = Date.now(); ; ) {
      const match = text.match(pattern)
      if (match) return match
      if (child.exitCode !== null || Date.now() - begun > msMax) throw new Error(`It did not print ${pattern}; it printed:\n${text}`)
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
  return { process: child, port: at, output: () => text, line }
}
const exited = (child: ChildProcess) =>
  child.exitCode === null ? new Promise<void>((resolve) => child.once('exit', () => resolve())) : undefined
/** Ctrl-C is sent to the whole foreground process group. */
const interrupt = (child: ChildProcess) => process.kill(-(child.pid ?? 0), 'SIGINT')
const signIn = async (port: number, email: string, password = 'repitbot-demo') =>
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
    let run: Run
    before(async () => {
      run = await runStart(data)
      await run.line(/Stop: Ctrl-C/)
    })
    after(async () => {
      interrupt(run.process)
      await exited(run.process)
    })

    for (const role of ['tutor', 'student', 'parent', 'admin'])
      it(`lets the demo's ${role} in`, async () => {
        const { accessToken } = await signIn(run.port, `${role}@demo.test`)
        const { card } = await client(authApi, { origin: `http://127.0.0.1:${run.port}`, token: () => accessToken }).me({})
        expect(card.role).to.equal(role)
      })

    it('has a student who earned XP, achievements and notices', async () => {
      const { accessToken, userId } = await signIn(run.port, 'student@demo.test')
      const deps = { origin: `http://127.0.0.1:${run.port}`, token: () => accessToken }
      const progress = await client(studentApi, deps).progress({ studentId: userId })
      expect(progress.level).to.be.greaterThan(2)
      const { notices } = await client(inboxApi, deps).list({})
      expect(notices.length).to.be.greaterThan(3)
      const { unread } = await client(inboxApi, deps).unread({})
      expect(unread, 'of a week, not of three months').to.be.within(1, 15)
    })

    it('refuses a second start on its port and one on its folder, each with a clear message', async () => {
      const samePort = await runStart(folder(), [], run.port)
      await exited(samePort.process)
      expect(samePort.output()).to.match(new RegExp(`PORT=${run.port}: this port is taken. Choose another: make start PORT=`))
      const sameFolder = await runStart(data)
      await exited(sameFolder.process)
      expect(sameFolder.output()).to.match(/it is used by another start \(process \d+\)/)
    })

    it('runs beside another start on another port and folder, and loses no data by kill -9', async () => {
      const other = await runStart(folder(), ['DEMO=0'])
      await other.line(/Stop: Ctrl-C/)
      interrupt(other.process)
      await exited(other.process)
      const pid = Number(readFileSync(join(data, 'start.pid'), 'utf8'))
      process.kill(pid, 'SIGKILL')
      await exited(run.process)
      run = await runStart(data)
      await run.line(/Stop: Ctrl-C/, 15_000)
      expect(run.output()).not.to.include('Demo school')
      expect((await signIn(run.port, 'parent@demo.test')).memberships).to.have.length(1)
    })

    it('ends everything within five seconds of Ctrl-C, with a stream open', async () => {
      const { accessToken } = await signIn(run.port, 'student@demo.test')
      const stream = await client(inboxApi, { origin: `http://127.0.0.1:${run.port}`, token: () => accessToken }).stream({})
      void (async () => {
        for await (const _message of stream);
      })().catch(() => {})
      const postgres = Number(readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
      const begun = Date.now()
      interrupt(run.process)
      await exited(run.process)
      expect(Date.now() - begun).to.be.lessThan(5_000)
      expect(isAlive(postgres)).to.equal(false)
      run = await runStart(data)
      await run.line(/Stop: Ctrl-C/, 15_000)
    })
  })

  it('without the demo prints a link that makes the first school once, and has nobody of the demo', async () => {
    const run = await runStart(folder(), ['DEMO=0'])
    const [, token = ''] = await run.line(/first-school#(\S+)/)
    await run.line(/Stop: Ctrl-C/)
    const auth = client(authApi, { origin: `http://127.0.0.1:${run.port}` })
    const refused = async (request: Promise<unknown>) =>
      (
        await request.then(
          () => undefined,
          (error: Refused) => error,
        )
      )?.problem.status
    for (const role of ['tutor', 'student', 'parent', 'admin']) expect(await refused(signIn(run.port, `${role}@demo.test`))).to.equal(401)
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
    expect((await signIn(run.port, school.email, school.password)).expiresIn).to.be.at.most(600)
    interrupt(run.process)
    await exited(run.process)
  })

  it('says which of its variables is wrong, and what is expected', async () => {
    const real = await runStart(folder(), ['BOT_TOKEN=1:real'])
    await exited(real.process)
    expect(real.output()).to.match(/DEMO: Expected 0, 1 or en to be said beside BOT_TOKEN/)
    const run = await runStart(folder(), ['DEMO=maybe'])
    await exited(run.process)
    expect(run.output()).to.match(/DEMO=maybe: Expected 1, en or 0/)
  })

  it('says at once that the port is taken, whatever process holds it', async () => {
    const holder = createServer()
    await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve))
    const { port } = holder.address() as { port: number }
    const run = await runStart(folder(), [], port)
    await exited(run.process)
    holder.close()
    expect(run.output()).to.include(`PORT=${port}: this port is taken`)
  })
})
