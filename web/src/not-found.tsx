import { Anchor, Stack, Text, Title } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useWords } from './words.ts'

export function NotFound() {
  const t = useWords()
  return (
    <Stack>
      <Title order={1}>{t('noPage')}</Title>
      <Text>{t('noPageAbout')}</Text>
      <Anchor component={Link} to="/">
        {t('toStart')}
      </Anchor>
    </Stack>
  )
}
