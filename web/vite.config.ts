import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './build/compressed.ts'
import { installable } from './build/installable.ts'
import { ownStyles } from './build/own-styles.ts'

/** The oldest that the page works in; web/index.html and web/README.md name them, web/tsconfig.json and web/test/page.ts hold to them. */
const browsers = ['safari16.4', 'chrome111', 'firefox121']

export default defineConfig({
  root: import.meta.dirname,
  resolve: { alias: { zod: join(import.meta.dirname, 'build/field-names.ts') } },
  plugins: [react(), ownStyles(), installable(), compressed()],
  // The policy of the gateway forbids inline scripts, and so what a preload polyfill would need.
  build: { outDir: 'dist', assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: browsers },
})
