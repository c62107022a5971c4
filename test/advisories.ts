import { spawnSync } from 'node:child_process'

type Audit = { message?: string; vulnerabilities?: Record<string, { severity: string; via: (string | { title: string; url: string })[] }> }

// Asks the registry for known vulnerabilities of what ships. Ends with 1 where there are some, with 2 where the registry cannot be asked.
const { stdout } = spawnSync('npm', ['audit', '--json', '--omit=dev'], { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
const { message, vulnerabilities } = answer(stdout)
if (vulnerabilities) {
  const found = Object.entries(vulnerabilities)
  for (const [name, { severity, via }] of found)
    console.log(`${name}: ${severity}: ${via.map((one) => (typeof one === 'string' ? one : `${one.title} ${one.url}`)).join(', ')}`)
  console.log(`${found.length} packages with known vulnerabilities`)
  process.exitCode = found.length > 0 ? 1 : 0
} else {
  console.log(`NOT CHECKED: the registry gave no advisories (${message ?? 'no answer'}). Run \`make advisories\` where it can be asked`)
  process.exitCode = 2
}

function answer(json: string): Audit {
  try {
    return JSON.parse(json) as Audit
  } catch {
    return {}
  }
}
