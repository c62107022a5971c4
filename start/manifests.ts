import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

// Writes what npm needs of each workspace to install its packages, as the lockfile tells it: so the image's layer of packages
// depends on two files, and no list of workspaces is kept in the Dockerfile.
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, object> }
for (const [folder, manifest] of Object.entries(packages)) {
  if (folder === '' || folder.includes('node_modules')) continue
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/package.json`, JSON.stringify(manifest))
}
