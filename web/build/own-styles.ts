import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Plugin } from 'vite'

const component = /(.*@mantine\/core)\/esm\/.*\/(\w+)\.module\.mjs$/

/** Every Mantine component brings the styles of its own, so that a page loads what it shows and not 34 kB of all there is. In a cascade layer: ours win. */
export const ownStyles = (): Plugin => ({
  name: 'own-styles',
  transform(code, id) {
    const [, folder = '', name] = component.exec(id) ?? []
    const file = `styles/${name}.layer.css`
    return folder && existsSync(join(folder, file)) ? { code: `import '@mantine/core/${file}'\n${code}`, map: null } : undefined
  },
})
