import { Group, Kbd, Stack, Text } from '@mantine/core'
import type { PersonCard } from '@repitbot/contracts/person-card'
import { Sheet } from '../ui/sheet.tsx'
import { useWords } from '../words.ts'
import { menuOf } from './nav.ts'

/** What the keyboard does anywhere. */
export function KeyList({ card, close }: { card: PersonCard; close: () => void }) {
  const t = useWords()
  const plans = menuOf(card).some(({ to }) => to === '/week')
  const rows = [
    { keys: ['?'], does: t('keys') },
    { keys: ['/'], does: t('search') },
    ...menuOf(card).flatMap(({ key, name }) => (key ? [{ keys: ['g', key], does: t(name) }] : [])),
    ...(plans
      ? [
          { keys: ['n'], does: t('planLesson') },
          { keys: ['d'], does: t('report') },
        ]
      : []),
    { keys: ['Esc'], does: t('close') },
  ]
  return (
    <Sheet title={t('keys')} close={close}>
      <Stack gap="sm">
        {rows.map(({ keys, does }) => (
          <Group key={does} justify="space-between">
            <Text>{does}</Text>
            <Group gap="xs">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </Group>
          </Group>
        ))}
        {plans && <Text size="sm">{`${t('week')}. ${t('weekKeys')}`}</Text>}
      </Stack>
    </Sheet>
  )
}
