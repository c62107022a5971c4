import { Stack, Text, Title } from '@mantine/core'
import { IconChevronRight } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { menuOf } from './frame/nav.ts'
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
        {menuOf(who.card)
          .filter(({ on }) => on === 'desktop')
          .map(({ to, name, icon: Icon }) => (
            <Link key={to} to={to} className="row">
              <Icon size={22} stroke={1.8} aria-hidden />
              <Text className="grow">{t(name)}</Text>
              <IconChevronRight size={18} aria-hidden />
            </Link>
          ))}
      </div>
    </Stack>
  )
}
