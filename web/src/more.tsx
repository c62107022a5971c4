import { Stack, Text, Title } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { placesOf } from './frame/nav.ts'
import { useMe } from './me.ts'
import { useWords } from './words.ts'

/** On a phone, what has no room in the bar. */
export function More() {
  const t = useWords()
  const who = useMe()
  if (!who) return null
  return (
    <Stack>
      <Title order={1}>{t('more')}</Title>
      <div className="rows card">
        {placesOf(who.card.role)
          .filter(({ only }) => only === 'wide')
          .map(({ to, word, icon: Icon }) => (
            <Link key={to} to={to} className="row">
              <Icon size={22} stroke={1.8} aria-hidden />
              <Text className="grow">{t(word)}</Text>
              <IconChevronRight size={18} aria-hidden />
            </Link>
          ))}
      </div>
    </Stack>
  )
}
