import { installedAgain, restored, restoredFromS3, volumes } from './keep.ts'
import { type Cluster, openNamespace } from './namespace.ts'
import { openOutside } from './outside.ts'
import { helm, install, origin, release, small, type Values } from './release.ts'
import { admin, makeSchool, type School, signIn, tellStory } from './school.ts'
import { badRefused, driftRepaired, operatorKilled, settingsApplied, settingsFollow } from './settings.ts'
import { step, table } from './steps.ts'
import { rolledBack, scaled, upgraded } from './upgrade.ts'

// The whole chart on a real cluster, `make e2e`: KUBECONFIG names the cluster, IMAGE our image, NEXT another build of it to upgrade
// to. What a cluster lacks is brought by: CHARTS (a folder with the three store charts), VALUES (a file beneath our own values, such
// as one with other store images), VOLUMES (a folder of its only node), NODE (an address of a node), OUTSIDE (an address of this
// machine that pods reach, for the stores outside). ONLY=inside or ONLY=outside runs a part.

const { IMAGE, NEXT, OUTSIDE, ONLY } = process.env
if (!IMAGE) throw new Error('IMAGE: Expected the image to install, such as repitbot:dev')
const image = IMAGE
const stamp = Date.now().toString(36)

async function inNamespace(name: string, work: (cluster: Cluster) => Promise<void>) {
  const cluster = await openNamespace(name)
  try {
    await work(cluster)
  } catch (error) {
    console.log(await cluster.kubectl('get', 'pods', '--output', 'wide').catch(() => ''))
    console.log(error instanceof Error ? error.message : error)
  } finally {
    cluster.close()
    if (process.env.KEEP !== '1') await cluster.remove()
  }
}

/** From nothing to a signed-in person and the story of a lesson. */
async function signedIn(cluster: Cluster, values: Values, name: string): Promise<School> {
  await step(`install with ${name}`, () => install(cluster, values))
  await step('the settings in every pod', () => settingsApplied(cluster))
  const school = await step('the first school, its people signed in', async () => makeSchool(cluster, await origin(cluster)))
  if (!school) throw new Error('Nothing more can be tried')
  const { url } = school
  await step('the page is served', async () => {
    const page = await fetch(url)
    if (!(await page.text()).includes('<script')) throw new Error(`It answered ${page.status} without a page`)
    if ((await fetch(`${url}/metrics`)).status !== 404) throw new Error('The gateway serves metrics on its public port')
  })
  await cluster.apply({ apiVersion: 'v1', kind: 'Secret', metadata: { name: 'tester' }, stringData: admin })
  await step('helm test: health, sign-in, event', () => helm(cluster, 'test', release).then(() => 'passed'))
  await step('the story of a lesson', () => tellStory(school))
  return school
}

const parts: Record<string, () => Promise<void>> = {
  deps: () =>
    inNamespace(`repitbot-e2e-${stamp}`, async (cluster) => {
      const kept = await volumes(cluster)
      const values: Values = { ...small(image), ...merged(small(image), kept), tests: { signInSecret: 'tester' } }
      const withBackup: Values = { ...values, backup: { enabled: true, ...(values.backup as Values) } }
      const school = await signedIn(cluster, withBackup, 'the stores of the release')
      await step('200 edits, live in every pod', () => settingsFollow(cluster))
      await step('bad settings are refused', () => badRefused(cluster))
      await step('the operator is killed again and again', () => operatorKilled(cluster))
      await step('drift is repaired', () => driftRepaired(cluster))
      if (NEXT) {
        await step('upgrade under load', () => upgraded(cluster, school.url, withBackup, NEXT))
        await step('rollback under load', () => rolledBack(cluster, school.url))
      } else console.log('left out: upgrade and rollback; NEXT names no other image')
      await step('the gateway is scaled', () => scaled(cluster, school.url, withBackup))
      await step('backup, loss, restore', () => restored(cluster, school.url, withBackup))
      if (OUTSIDE) await step('backup to S3, loss, restore', () => restoredFromS3(cluster, school.url, withBackup, OUTSIDE))
      await step('uninstall and install again', () => installedAgain(cluster, withBackup, () => origin(cluster)))
    }),
  outside: () =>
    inNamespace(`repitbot-e2e-${stamp}-outside`, async (cluster) => {
      if (!OUTSIDE) return console.log('left out: stores outside; OUTSIDE names no address of this machine that pods reach')
      const outside = await openOutside(cluster, OUTSIDE)
      try {
        const { url } = await signedIn(cluster, { ...small(image), ...outside.values }, 'stores outside')
        await step('sign-in', () => signIn(url))
      } finally {
        outside.close()
      }
    }),
}

function merged(one: Values, over: Values): Values {
  const both = Object.entries(over).map(([key, value]) => [key, { ...(one[key] as Values), ...(value as Values) }])
  return Object.fromEntries(both) as Values
}

for (const [name, part] of Object.entries(parts)) if (!ONLY || ONLY === name) await part()
table()
process.exit()
