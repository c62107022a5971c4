import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { web as words } from '@repitbot/contracts/texts/ru/web'
import { Resvg } from '@resvg/resvg-js'
import { type Plugin, transformWithOxc } from 'vite'

const folder = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(folder, path), 'utf8')

/** The one drawing in the sizes that systems ask for; a maskable one fills its square, for the system cuts the corners itself. */
const icons = [
  { file: 'icons/192.png', size: 192, purpose: 'any' },
  { file: 'icons/512.png', size: 512, purpose: 'any' },
  { file: 'icons/maskable-512.png', size: 512, purpose: 'maskable' },
  { file: 'icons/apple-180.png', size: 180 },
] as const

const manifest = {
  name: 'RepitBot',
  short_name: 'RepitBot',
  description: words.about,
  lang: 'ru',
  id: '/',
  start_url: '/',
  display: 'standalone',
  background_color: '#f4f7f7',
  theme_color: '#0f5c57',
  icons: icons.flatMap((icon) =>
    'purpose' in icon ? [{ src: `/${icon.file}`, sizes: `${icon.size}x${icon.size}`, type: 'image/png', purpose: icon.purpose }] : [],
  ),
}

/** What makes the page an app: manifest, icons, the worker that knows the files of this very build, and the fonts asked for early. */
export const installable = (): Plugin => ({
  name: 'installable',
  apply: 'build',
  enforce: 'post',
  generateBundle: {
    // Vite drops chunks that hold nothing but styles; a worker that asks for one of them is never installed.
    order: 'post',
    async handler(_options, bundle) {
      const drawing = read('icon.svg')
      for (const { file, ...icon } of icons) {
        const square = 'purpose' in icon && icon.purpose === 'any' ? drawing : drawing.replace(/rx="\d+"/, 'rx="0"')
        const png = new Resvg(square, { fitTo: { mode: 'width', value: icon.size } }).render().asPng()
        this.emitFile({ type: 'asset', fileName: file, source: png })
      }
      this.emitFile({ type: 'asset', fileName: 'icons/icon.svg', source: drawing })
      this.emitFile({ type: 'asset', fileName: 'manifest.webmanifest', source: JSON.stringify(manifest) })
      const assets = Object.keys(bundle).filter((name) => name.startsWith('assets/') && !/\.(br|gz)$/.test(name))
      const build = createHash('sha256').update(read('index.html')).update(assets.sort().join()).digest('hex').slice(0, 12)
      const { code } = await transformWithOxc(read('worker/worker.ts'), 'worker.ts')
      const source = code
        .replace(/['"]__BUILD__['"]/, JSON.stringify(build))
        .replace(/['"]__ASSETS__['"]/, JSON.stringify(assets.map((name) => `/${name}`)))
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  },
  transformIndexHtml: {
    order: 'post',
    handler: (_html, { bundle = {} }) =>
      Object.keys(bundle)
        .filter((name) => name.endsWith('.woff2'))
        .map((name) => ({
          tag: 'link',
          attrs: { rel: 'preload', href: `/${name}`, as: 'font', type: 'font/woff2', crossorigin: true },
          injectTo: 'head' as const,
        })),
  },
})
