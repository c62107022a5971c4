import { Button, Group, Paper, Text } from '@mantine/core'
import type { PersonCard } from '@repitbot/contracts/person-card'
import { useState } from 'react'
import { api } from '../clients.ts'
import { reloadCard } from '../session.ts'
import { browserStorage } from '../storage.ts'
import { clocksDiffer, zoneHere, zoneText } from '../time-zones.ts'
import { useReplace } from '../ui/replace.ts'
import { showToast, tryOrToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

/** The zone of this device that its owner does not want the times to be shown in. */
const declined = 'repitbot-zone-declined'

/** Asks once on a device in another zone whether times are to be shown by its clock. */
export function ZoneBar({ card }: { card: PersonCard }) {
  const t = useWords()
  const { zone } = card
  const replace = useReplace(card, { shown: { zone: zoneText }, load: reloadCard })
  const here = zoneHere()
  const [isDeclined, setDeclined] = useState(browserStorage.get(declined) === here)
  if (isDeclined || !clocksDiffer(here, zone)) return null
  const change = async () => {
    if (await tryOrToast(replace((version) => api.people.changeMe({ zone: here, version })))) showToast({ text: t('saved') })
  }
  const decline = () => {
    browserStorage.set(declined, here)
    setDeclined(true)
  }
  return (
    <Paper component="section" aria-label={t('zone')} withBorder p="sm" mb="md">
      <Group justify="space-between" gap="xs">
        <Text size="sm">{t('zoneOfDevice', { device: zoneText(here), own: zoneText(zone) })}</Text>
        <Group gap="xs">
          <Button size="compact-sm" variant="default" onClick={() => void change()}>
            {t('zoneOfDeviceYes')}
          </Button>
          <Button size="compact-sm" variant="subtle" onClick={decline}>
            {t('zoneOfDeviceNo')}
          </Button>
        </Group>
      </Group>
    </Paper>
  )
}
