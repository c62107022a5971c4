import { brotliCompressSync, gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

const texts = /\.(js|css|svg)$/

/** Beside each text of the assets stands what the gateway sends to a browser that takes it smaller. */
export const compressed = (): Plugin => ({
  name: 'compressed',
  apply: 'build',
  generateBundle: {
    order: 'post',
    handler(_options, bundle) {
      for (const [fileName, made] of Object.entries(bundle)) {
        if (!fileName.startsWith('assets/') || !texts.test(fileName)) continue
        const whole = made.type === 'chunk' ? made.code : made.source
        this.emitFile({ type: 'asset', fileName: `${fileName}.br`, source: brotliCompressSync(whole) })
        this.emitFile({ type: 'asset', fileName: `${fileName}.gz`, source: gzipSync(whole, { level: 9 }) })
      }
    },
  },
})
