import { readdirSync, readFileSync } from 'node:fs'
import { basename, join, relative } from 'node:path'

export const root = join(import.meta.dirname, '..')

export type Source = { path: string; text: string }

/** Folders of installed, stored and built files, which are not part of the repository. */
const ignored = new Set(['node_modules', '.git', '.data', '.stores', '.scratch', 'coverage', 'dist'])

/** Every file of a folder on the disk, with its path from the root. */
export function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => !ignored.has(name))
    .flatMap((entry) => {
      const path = relative(root, join(entry.parentPath, entry.name))
      return entry.isDirectory() ? filesUnder(path) : [path]
    })
}

export const read = (path: string): Source => ({ path, text: readFileSync(join(root, path), 'utf8') })

const codeFolders = ['packages', 'services', 'gateway', 'bot', 'operator', 'start', 'test']

/** Every TypeScript file of the repository, except those of the web app. */
export const sources: Source[] = readdirSync(root)
  .filter((name) => codeFolders.includes(name))
  .flatMap(filesUnder)
  .filter((path) => path.endsWith('.ts'))
  .map(read)

export const isTest = (path: string): boolean => /\.test\.ts$|(^|\/)test\/|^packages\/kit\/testing\//.test(path)

/** The names of all services: the folders of `services`, and the bot, whose folder is at the top. */
export const services: string[] = [...readdirSync(join(root, 'services')), 'bot']
export const folderOf = (service: string): string => (service === 'bot' ? service : join('services', service))

/** The code without comments, good enough for searching words: a string that contains `//` loses its end. */
export const withoutComments = (text: string): string => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '$1')

export const nameOf = (path: string): string => basename(path)
