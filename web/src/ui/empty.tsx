import { Paper, Stack, Text } from '@mantine/core'
import type { IconSun } from '@tabler/icons-react'
import type { ReactNode } from 'react'

/** An empty list says what it is for, and offers the first step. */
export const Empty = ({ icon: Icon, text, children }: { icon: typeof IconSun; text: string; children?: ReactNode }) => (
  <Paper withBorder p="xl" radius="md">
    <Stack align="center" gap="md">
      <Icon size={40} stroke={1.4} color="var(--mantine-color-dimmed)" aria-hidden />
      <Text ta="center" c="dimmed" maw="26rem">
        {text}
      </Text>
      {children}
    </Stack>
  </Paper>
)
