import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { dump } from 'js-yaml'
import { crd } from './crd.ts'
import { reference } from './reference.ts'

/** The checked-in files that are made from the schema of the settings, by their paths from the root of the repository. */
export const generateFiles = (): Record<string, string> => ({
  'charts/repitbot/files/crd.yaml': `# Made from packages/contracts/settings.ts by \`make generate\`.\n${dump(crd(), { noRefs: true, lineWidth: 140, quotingType: '"' })}`,
  'docs/settings.md': reference(),
})

if (import.meta.main)
  for (const [path, text] of Object.entries(generateFiles())) writeFileSync(join(import.meta.dirname, '..', '..', path), text)
