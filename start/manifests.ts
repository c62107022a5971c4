import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

// Writes a package.json for each workspace from the lockfile, which is all that npm needs to install packages. So the image's layer of
// packages depends on two files only, and the Dockerfile needs no list of workspaces.
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, object> }
for (const [folder, manifest] of Object.entries(packages)) {
  if (folder === '' || folder.includes('node_modules')) continue
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/package.json`, JSON.stringify(manifest))
}
