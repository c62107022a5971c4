import { Anchor, Button, Group, Stack, Text, Title } from '@mantine/core'
import { useWords } from './words.ts'

/** Instead of a page that broke, or whose files are gone: what to do, with the frame and its menu around it. */
export function ErrorPage() {
  const t = useWords()
  return (
    <Stack>
      <Title order={1}>{t('broken')}</Title>
      <Text>{t('brokenAbout')}</Text>
      <Group>
        <Button onClick={() => location.reload()}>{t('reload')}</Button>
        <Anchor href="/">{t('toStart')}</Anchor>
      </Group>
    </Stack>
  )
}
