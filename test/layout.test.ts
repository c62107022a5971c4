import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { services as register } from '@repitbot/contracts/services'
import { expect } from 'chai'
import { filesUnder, folderOf, isTest, nameOf, root, services, sources, withoutComments } from './sources.ts'

/** Documents, deployables and the settings of tools; nothing else has a place at the top. */
const topLevel = [
  ...['README.md', 'README.ru.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'LICENSE'],
  ...['package.json', 'package-lock.json', 'tsconfig.json', 'Makefile', 'Dockerfile', 'kind-config.yaml', 'skaffold.yaml', '.env.example'],
  ...['adr', 'packages', 'services', 'gateway', 'bot', 'operator', 'web', 'charts', 'start', 'docs', 'test'],
  ...[
    '.ci',
    '.gitignore',
    '.dockerignore',
    '.npmrc',
    '.mocharc.json',
    'biome.json',
    '.oxlintrc.json',
    '.dependency-cruiser.mjs',
    'knip.json',
  ],
]
/** Made by git, npm and the tools; never committed. */
const passing = ['.git', 'node_modules', '.data', '.stores', '.scratch', '.bootstrap.lock', 'coverage']

const rooms = ['service', 'deps', 'main', 'config', 'routes', 'consumers', 'schedule', 'flows', 'rules', 'store', 'tables']
/** What only the bot has: what stands for Telegram, and the rooms of somebody who talks. */
const ofBot = { doors: ['emulator'], rooms: ['feature', 'feature-files', 'features', 'gateway', 'talks', 'telegram'] }
const linesMax = 300
/** Words that say nothing of what a file holds. */
const empty = /(^|-)(manager|helpers?|utils?|base|impl|data|info|common|misc)(-|\.|$)/

const paths = (found: { path: string }[]) => found.map(({ path }) => path)

describe('the layout', () => {
  it('has only deployables and documents at the top', () => {
    const others = readdirSync(root).filter((name) => !topLevel.includes(name) && !passing.includes(name))
    expect(others).to.deep.equal([])
  })

  it('has two shared packages', () => expect(readdirSync(join(root, 'packages')).sort()).to.deep.equal(['contracts', 'kit']))

  it('lists every service in the contracts, and has every service it lists', () => {
    expect(services.toSorted()).to.deep.equal(Object.keys(register).sort())
  })

  for (const name of services) {
    it(`gives ${name} the rooms that every service has, and no others`, () => {
      const more = name === 'bot' ? ofBot : { doors: [], rooms: [] }
      const doors = readdirSync(join(root, folderOf(name))).filter((entry) => entry !== 'node_modules')
      expect(['README.md', 'migrations', 'package.json', 'src', 'test', ...more.doors]).to.include.members(doors)
      expect(doors, 'a service says on one screen what it is').to.include('README.md')
      const found = readdirSync(join(root, folderOf(name), 'src')).map((entry) => entry.replace(/\.ts$/, ''))
      expect([...rooms, ...more.rooms]).to.include.members(found)
      expect(found).to.include.members(['service', 'deps', 'main'])
    })
  }

  it('runs a service in a process of its own by one line', () => {
    const long = sources.filter(({ path }) => /^(services\/[^/]+|bot)\/src\/main\.ts$/.test(path) && !path.includes('test'))
    const calls = (text: string) =>
      withoutComments(text)
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.startsWith('import '))
    expect(paths(long.filter(({ text }) => calls(text).length !== 1))).to.deep.equal([])
  })

  it(`has no file longer than ${linesMax} lines`, () => {
    expect(paths(sources.filter(({ text }) => text.split('\n').length > linesMax + 1))).to.deep.equal([])
  })

  it('names files and folders in kebab-case, for the thing and never for its kind', () => {
    const named = sources.flatMap(({ path }) => path.split('/'))
    expect(named.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test)?(\.ts)?$/.test(name))).to.deep.equal([])
    expect(paths(sources.filter(({ path }) => empty.test(nameOf(path))))).to.deep.equal([])
  })

  it('enters packages by subpath: there is no index.ts', () => {
    expect(paths(sources.filter(({ path }) => nameOf(path) === 'index.ts'))).to.deep.equal([])
  })

  it('names flows by a verb and what it is done to', () => {
    const flows = sources.filter(({ path }) => /\/flows\/[^/]+$/.test(path) && !isTest(path))
    expect(paths(flows.filter(({ path }) => !nameOf(path).includes('-')))).to.deep.equal([])
  })

  it('reads the environment in config.ts alone', () => {
    const readers = sources.filter(
      ({ path, text }) => !isTest(path) && /process\s*\.\s*env|\benv\b.*from 'node:process'/.test(withoutComments(text)),
    )
    const allowed = [/\/config\.ts$/, /^packages\/kit\/run\.ts$/, /^start\//]
    expect(paths(readers).filter((path) => !allowed.some((one) => one.test(path)))).to.deep.equal([])
  })

  it('keeps text for people in contracts/texts: Russian stands nowhere else but in tests', () => {
    const speaking = sources.filter(({ path, text }) => !isTest(path) && /[А-Яа-яЁё]/.test(text))
    expect(paths(speaking).filter((path) => !path.startsWith('packages/contracts/texts/'))).to.deep.equal([])
  })

  it('writes English in code and comments', () => {
    const texts = filesUnder('packages/contracts/texts/en')
    expect(sources.filter(({ path, text }) => texts.includes(path) && /[А-Яа-яЁё]/.test(text))).to.deep.equal([])
  })

  it('keeps the kit ignorant of what the services are about', () => {
    const nouns = /lesson|student|tutor|homework|payment|payer|material|achievement|streak|\bxp\b/i
    // The names that the environment gives to the live settings; the settings themselves are in the contracts.
    const kit = sources.filter(({ path }) => path.startsWith('packages/kit/') && !isTest(path) && path !== 'packages/kit/settings.ts')
    expect(paths(kit.filter(({ text }) => nouns.test(withoutComments(text))))).to.deep.equal([])
  })

  it('leaves no test out and none alone', () => {
    const left = /\b(it|describe|context)\.(only|skip)\(|\bx(it|describe)\(|\bthis\.skip\(/
    expect(paths(sources.filter(({ path, text }) => path !== 'test/layout.test.ts' && left.test(text)))).to.deep.equal([])
  })

  it('has one error class in the kit, and no class in a service', () => {
    const classes = sources.filter(({ path, text }) => !isTest(path) && /^(export )?class /m.test(text))
    expect(paths(classes).filter((path) => !/^packages\/(contracts|kit)\//.test(path))).to.deep.equal([])
  })

  it('tests what it decides: a service with rules has tests beside them', () => {
    const silent = services.filter((name) => {
      const folder = join(folderOf(name), 'src', 'rules')
      return existsSync(join(root, folder)) && !filesUnder(folder).some((path) => path.endsWith('.test.ts'))
    })
    expect(silent).to.deep.equal([])
  })
})
