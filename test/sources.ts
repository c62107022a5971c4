import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'

export const root = join(import.meta.dirname, '..')

export type Source = { path: string; text: string }

/** What is installed, kept or built here and is no part of the repository. */
const foreign = new Set(['node_modules', '.git', '.data', '.stores', '.scratch', 'coverage', 'dist'])

/** Every file of the repository, as it lies on the disk, with its path from the root. */
export function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !foreign.has(name))
    .flatMap((entry) => {
      const path = relative(root, join(entry.parentPath, entry.name))
      return entry.isDirectory() ? filesUnder(path) : [path]
    })
}

export const read = (path: string): Source => ({ path, text: readFileSync(join(root, path), 'utf8') })

const codeFolders = ['packages', 'services', 'gateway', 'bot', 'operator', 'start', 'test']

/** Every TypeScript file of ours. */
export const sources: Source[] = readdirSync(root)
  .filter((name) => codeFolders.includes(name))
  .flatMap(filesUnder)
  .filter((path) => path.endsWith('.ts'))
  .map(read)

export const isTest = (path: string): boolean => /\.test\.ts$|(^|\/)test\/|^packages\/kit\/testing\//.test(path)

/** The names of all services: the folders of `services`, and the bot, which stands at the top. */
export const services: string[] = [...readdirSync(join(root, 'services')), 'bot']
export const folderOf = (service: string): string => (service === 'bot' ? service : join('services', service))

/** The code without its comments, and good enough only for looking words up: a string that holds `//` loses its end. */
export const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1')

export const nameOf = (path: string): string => basename(path)
