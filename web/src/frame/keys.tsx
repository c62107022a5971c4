import { Group, Kbd, Stack, Text } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import type { Role } from '@repitbot/contracts/people'
import { useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { Sheet } from '../lessons/sheet.tsx'
import { useStore } from '../store.ts'
import { useWords } from '../words.ts'
import { placesOf } from './nav.ts'
import { overlay } from './overlay.ts'
import { Search } from './search.tsx'

/** The second key of `g t` counts this long. */
const secondKeyMs = 1_200
const isTyping = ({ target }: KeyboardEvent) =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

/** Everything the keyboard does anywhere, and the sheets it opens. */
export function Keys({ who }: { who: Me }) {
  const open = useStore(overlay)
  const go = useNavigate()
  const { role } = who.card
  useEffect(() => {
    let goingSince = 0
    const hear = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || document.querySelector('[role=dialog]')) return
      const place = event.timeStamp - goingSince < secondKeyMs && placesOf(role).find(({ key }) => key === event.key)
      goingSince = event.key === 'g' ? event.timeStamp : 0
      const asked = event.key === '/' ? 'search' : event.key === '?' ? 'keys' : undefined
      if (!place && !asked) return
      event.preventDefault()
      if (place) void go({ to: place.to })
      else overlay.set(asked)
    }
    document.addEventListener('keydown', hear)
    return () => document.removeEventListener('keydown', hear)
  }, [role, go])
  const close = () => overlay.set(undefined)
  if (open === 'search') return <Search who={who} close={close} />
  return open === 'keys' ? <List role={role} close={close} /> : null
}

function List({ role, close }: { role: Role; close: () => void }) {
  const t = useWords()
  const rows = [
    { keys: ['?'], does: t('keys') },
    { keys: ['/'], does: t('search') },
    ...placesOf(role).flatMap(({ key, word }) => (key ? [{ keys: ['g', key], does: t(word) }] : [])),
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
      </Stack>
    </Sheet>
  )
}
