import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'chai'
import { filesUnder, folderOf, read, root, services } from './sources.ts'

const documents = filesUnder('.')
  .filter((path) => path.endsWith('.md'))
  .map(read)
const targets = [...read('Makefile').text.matchAll(/^([a-z0-9-]+):.*## /gm)].map(([, name]) => name)
const scripts = Object.keys((JSON.parse(read('package.json').text) as { scripts?: object }).scripts ?? {})

const commandsOf = (text: string): string[] =>
  [...text.matchAll(/^```(?:sh|bash|console)\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n').map((line) => line.replace(/^\$ /, '').trim()),
  )

describe('the documents', () => {
  for (const { path, text } of documents) {
    it(`${path} names only commands that exist`, () => {
      const commands = commandsOf(text)
      const make = commands.flatMap((line) => [...line.matchAll(/(?:^|&& )make(?: [A-Z]+=\S+)* ([a-z0-9-]+)/g)].map(([, name]) => name))
      const run = commands.flatMap((line) => [...line.matchAll(/(?:^|&& )npm run(?: -\S+)* ([a-z-]+)/g)].map(([, name]) => name))
      expect(make.filter((name) => !targets.includes(name))).to.deep.equal([])
      expect(run.filter((name) => !scripts.includes(name ?? ''))).to.deep.equal([])
    })

    it(`${path} names only files that exist`, () => {
      // A word in angle brackets stands for any name: `services/<service>/src/routes.ts`.
      const named = [
        ...text.matchAll(/`((?:packages|services|gateway|bot|operator|web|start|test|adr|docs|charts)\/[\w./<>{},*-]+)`/g),
      ].map(([, name = '']) => name)
      const linked = [...text.matchAll(/\]\((?!https?:|#|mailto:)([^)#]+)/g)].map(([, name = '']) => join(path, '..', name))
      const absent = [...named, ...linked].filter(
        (name) => globSync(`${name.replaceAll(/<[^>]+>/g, '*').replace(/\/$/, '')}*`, { cwd: root }).length === 0,
      )
      expect(absent.filter((name) => !existsSync(join(root, name)))).to.deep.equal([])
    })
  }

  it('lists every decision in adr/README.md under its own title', () => {
    const index = read('adr/README.md').text
    for (const { path, text } of documents.filter(({ path }) => /^adr\/\d/.test(path))) {
      const [, number, title] = /^# (\d+)\. (.*)/.exec(text) ?? []
      expect(index, `add the row of ${path} to adr/README.md`).to.include(`| ${number} | [${title}](${path.slice('adr/'.length)}) |`)
    }
  })

  it('CONTRIBUTING.md quotes code correctly: every line of an excerpt is in the file that it names', () => {
    const excerpts = [...read('CONTRIBUTING.md').text.matchAll(/^```ts\n\/\/ (\S+)\n([\s\S]*?)^```/gm)]
    const absent = excerpts.flatMap(([, path = '', lines = '']) => {
      const code = read(path).text.split('\n')
      return lines.split('\n').filter((line) => line.trim() !== '// ...' && !code.includes(line))
    })
    expect(excerpts).not.to.have.lengthOf(0)
    expect(absent).to.deep.equal([])
  })

  it('names every service on the map of README.md and in the picture of ARCHITECTURE.md', () => {
    const missing = services.filter((name) => !read('README.md').text.includes(`\`${folderOf(name)}/\``))
    expect(missing, 'add a row to the map of README.md').to.deep.equal([])
    const picture = /```\n([\s\S]*?)```/.exec(read('ARCHITECTURE.md').text)?.[1] ?? ''
    expect(
      services.filter((name) => !picture.includes(name)),
      'draw it in the picture of ARCHITECTURE.md',
    ).to.deep.equal([])
  })

  it('says what every make target does', () => {
    const all = [...read('Makefile').text.matchAll(/^([a-z0-9-]+):/gm)].map(([, name]) => name)
    expect(all.filter((name) => !targets.includes(name))).to.deep.equal([])
  })

  it('names every script of package.json in CONTRIBUTING.md', () => {
    const { text } = read('CONTRIBUTING.md')
    expect(scripts.filter((name) => !text.includes(`npm run ${name}`))).to.deep.equal([])
  })
})
