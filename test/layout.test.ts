import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { serviceNames } from '@repitbot/contracts/services'
import { expect } from 'chai'
import { filesUnder, folderOf, isTest, nameOf, read, root, services, sources, withoutComments } from './sources.ts'

/** Documents, deployables and configuration of tools; nothing else may be at the top. */
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
/** Made by git, npm and tools; never committed. */
const uncommitted = ['.git', 'node_modules', '.data', '.stores', '.scratch', '.bootstrap.lock', 'coverage']

/** The modules of a service: a file or a folder of that name. */
const modules = ['service', 'deps', 'main', 'config', 'routes', 'consumers', 'jobs', 'flows', 'rules', 'store', 'tables']
/** Only the bot has these: the Telegram emulator, and the modules of a service that has dialogues. */
const ofBot = { folders: ['emulator'], modules: ['feature', 'feature-files', 'features', 'form-states', 'gateway', 'telegram'] }
const linesMax = 240
const kitLinesMax = 3_000
/** Words that do not say what a file contains. */
const vague = /(^|-)(manager|helpers?|utils?|base|impl|data|info|common|misc)(-|\.|$)/

const isExported = (text: string, name: string) => new RegExp(`^export (const|function) ${name}\\b`, 'm').test(text)
const paths = (found: { path: string }[]) => found.map(({ path }) => path)
/** Fails where there are faults, and says what to do and which they are. */
const none = (faults: string[], remedy: string) => expect(faults, `${remedy}:\n  ${faults.join('\n  ')}\n`).to.deep.equal([])

/** What git holds at the top: a developer's own files there are nobody's fault. A copy outside git is taken as it is on the disk. */
function committedAtTheTop(): string[] {
  const { stdout } = spawnSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  const committed = [...new Set(stdout.split('\n').flatMap((path) => path.split('/', 1)))].filter(Boolean)
  return committed.length ? committed : readdirSync(root).filter((name) => !uncommitted.includes(name))
}

describe('the layout', () => {
  it('has only deployables and documents at the top', () => {
    const others = committedAtTheTop().filter((name) => !topLevel.includes(name))
    none(others, 'move these into a folder of what they serve, or add them to topLevel in test/layout.test.ts')
  })

  it('has two shared packages', () => expect(readdirSync(join(root, 'packages')).sort()).to.deep.equal(['contracts', 'kit']))

  it('lists every service in the contracts, and has every service it lists', () => {
    const registered: string[] = serviceNames
    none(
      services.filter((name) => !registered.includes(name)).map((name) => `${name}: { port: 80.., apis: { ... } }`),
      'add to packages/contracts/services.ts',
    )
    none(
      registered.filter((name) => !services.includes(name)),
      'packages/contracts/services.ts names services without a folder in services/',
    )
  })

  for (const name of services) {
    it(`gives ${name} the modules that every service has, and no others`, () => {
      const more = name === 'bot' ? ofBot : { folders: [], modules: [] }
      const folder = folderOf(name)
      const entries = readdirSync(join(root, folder)).filter((entry) => entry !== 'node_modules')
      const allowed = ['README.md', 'migrations', 'package.json', 'src', 'test', ...more.folders]
      none(
        entries.filter((entry) => !allowed.includes(entry)).map((entry) => join(folder, entry)),
        `a service has ${allowed.join(', ')} and nothing else; move these into src/`,
      )
      const found = readdirSync(join(root, folder, 'src')).map((entry) => entry.replace(/\.ts$/, ''))
      none(
        found.filter((module) => ![...modules, ...more.modules].includes(module)).map((module) => join(folder, 'src', module)),
        `the modules of a service are ${modules.join(', ')}; move these into one of them`,
      )
      none(
        ['README.md', 'src/service.ts', 'src/deps.ts', 'src/main.ts'].filter((path) => !existsSync(join(root, folder, path))),
        `add to ${folder}, as in services/lesson`,
      )
    })
  }

  it('opens every store by openStore, on the tables that tablesOf defines', () => {
    const faults = services.flatMap((name) => {
      const src = join(folderOf(name), 'src')
      const isFolder = existsSync(join(root, src, 'store'))
      const expected = { [isFolder ? 'store/open-store.ts' : 'store.ts']: 'openStore', 'tables.ts': 'tablesOf' }
      return Object.entries(expected)
        .map(([file, exported]) => ({ path: join(src, file), exported }))
        .filter(({ path, exported }) => (isFolder && exported === 'openStore') || existsSync(join(root, path)))
        .filter(({ path, exported }) => !sources.some((one) => one.path === path && isExported(one.text, exported)))
        .map(({ path, exported }) => `${path} exports no ${exported}`)
    })
    none(faults, 'rename the file or the function, as in services/lesson: openStore(database) opens the store on tablesOf(sequelize)')
  })

  it('runs every job that a service declares', () => {
    const jobs = (service: string) => join(folderOf(service), 'src', 'jobs.ts')
    const declared = services.filter((name) => existsSync(join(root, folderOf(name), 'src', 'rules', 'jobs.ts')))
    none(
      declared.map(jobs).filter((path) => !(existsSync(join(root, path)) && read(path).text.includes('onRequest(jobTypes'))),
      'add ...onRequest(jobTypes, { ... }) with a handler for each row of rules/jobs.ts to',
    )
  })

  it('runs a service in a process of its own by one line', () => {
    const long = sources.filter(({ path }) => /^(services\/[^/]+|bot)\/src\/main\.ts$/.test(path) && !path.includes('test'))
    const calls = (text: string) =>
      withoutComments(text)
        .split('\n')
        .filter((line) => line.trim() !== '' && !line.startsWith('import '))
    none(paths(long.filter(({ text }) => calls(text).length !== 1)), 'leave one line, await run(...), beside the imports')
  })

  it(`has no file longer than ${linesMax} lines`, () => {
    const page = filesUnder('web').filter((path) => /\.tsx?$/.test(path))
    const long = [...sources, ...page.map(read)].filter(({ text }) => text.split('\n').length > linesMax + 1)
    none(
      long.map(({ path, text }) => `${path}: ${text.split('\n').length - 1} lines`),
      'split these by topic',
    )
  })

  it('names files and folders in kebab-case, for the thing and never for its kind', () => {
    const named = sources.flatMap(({ path }) => path.split('/'))
    none(
      named.filter((name) => !/^[a-z0-9]+(-[a-z0-9]+)*(\.test)?(\.ts)?$/.test(name)),
      'rename to kebab-case',
    )
    none(paths(sources.filter(({ path }) => vague.test(nameOf(path)))), 'rename for what the file contains')
  })

  it('enters packages by subpath: there is no index.ts', () => {
    none(paths(sources.filter(({ path }) => nameOf(path) === 'index.ts')), 'rename, and import by the new path')
  })

  it('names flows by a verb and what it is done to', () => {
    const flows = sources.filter(({ path }) => /\/flows\/[^/]+$/.test(path) && !isTest(path))
    none(paths(flows.filter(({ path }) => !nameOf(path).includes('-'))), 'rename to verb-noun.ts')
  })

  it('reads the environment in config.ts alone', () => {
    const readers = sources.filter(
      ({ path, text }) => !isTest(path) && /process\s*\.\s*env|\benv\b.*from 'node:process'/.test(withoutComments(text)),
    )
    const allowed = [/\/config\.ts$/, /^packages\/kit\/run\.ts$/, /^start\//]
    none(
      paths(readers).filter((path) => !allowed.some((one) => one.test(path))),
      'read the variable in the config.ts of the service and hand it on by deps',
    )
  })

  it('keeps text for people in contracts/texts: there is no Russian elsewhere, except in tests', () => {
    const russian = sources.filter(({ path, text }) => !isTest(path) && /[А-Яа-яЁё]/.test(text))
    none(
      paths(russian).filter((path) => !path.startsWith('packages/contracts/texts/')),
      'move the texts to packages/contracts/texts/{ru,en}',
    )
  })

  it('writes English in code and comments', () => {
    const texts = filesUnder('packages/contracts/texts/en')
    expect(sources.filter(({ path, text }) => texts.includes(path) && /[А-Яа-яЁё]/.test(text))).to.deep.equal([])
  })

  it('keeps words of the domain out of the kit', () => {
    const nouns = /lesson|student|tutor|homework|payment|payer|material|achievement|streak|\bxp\b/i
    // The names that the environment gives to the live settings; the settings themselves are in the contracts.
    const kit = sources.filter(({ path }) => path.startsWith('packages/kit/') && !isTest(path) && path !== 'packages/kit/settings.ts')
    none(paths(kit.filter(({ text }) => nouns.test(withoutComments(text)))), 'move this to the service that owns it')
  })

  it(`keeps the kit within ${kitLinesMax} lines of code, without comments and tests`, () => {
    const kit = sources.filter(({ path }) => path.startsWith('packages/kit/') && !isTest(path))
    const lines = kit.flatMap(({ text }) => withoutComments(text).split('\n')).filter((line) => line.trim() !== '')
    expect(lines.length, 'adr/0034-the-kits-bound.md').to.be.at.most(kitLinesMax)
  })

  it('has no test with .only or .skip', () => {
    const left = /\b(it|describe|context)\.(only|skip)\(|\bx(it|describe)\(|\bthis\.skip\(/
    none(paths(sources.filter(({ path, text }) => path !== 'test/layout.test.ts' && left.test(text))), 'take .only and .skip out')
  })

  it('has one error class in the kit, and no class in a service', () => {
    const classes = sources.filter(({ path, text }) => !isTest(path) && /^(export )?class /m.test(text))
    none(
      paths(classes).filter((path) => !/^packages\/(contracts|kit)\//.test(path)),
      'use functions and plain values; a refusal is a row in packages/contracts/failures.ts',
    )
  })

  it('has tests beside the rules of each service', () => {
    const silent = services.filter((name) => {
      const folder = join(folderOf(name), 'src', 'rules')
      return existsSync(join(root, folder)) && !filesUnder(folder).some((path) => path.endsWith('.test.ts'))
    })
    none(silent, 'add a test beside a rule in src/rules of')
  })
})
