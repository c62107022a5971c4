import { Anchor, Paper, Stack, Text, Title } from '@mantine/core'
import { Refused } from '@repitbot/contracts/client'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useMe } from '../me.ts'
import { ErrorAlert } from '../ui/error-alert.tsx'
import { useWords } from '../words.ts'

/** The secret of a link stands behind the #, which browsers send to nobody. */
export const useToken = (): string => useState(() => location.hash.slice(1))[0]

type Props = { title: string; about?: string; token: string; over?: unknown; children: ReactNode }
/** A page that a link leads to. `over`: the refusal of the link itself, which then stands alone. */
export function LinkPage({ title, about, token, over, children }: Props) {
  const t = useWords()
  return (
    <div className="enter">
      <Title order={1}>{title}</Title>
      {!token && <Text>{t('noLink')}</Text>}
      {token && about && !over && <Text c="dimmed">{about}</Text>}
      {token && (
        <Paper withBorder p="lg">
          {over ? <LinkOver error={over} /> : children}
        </Paper>
      )}
    </div>
  )
}

/** What is left once a link is used or expired: the refusal, and for a visitor the way to the sign-in. */
export function LinkOver({ error }: { error: unknown }) {
  const t = useWords()
  return (
    <Stack align="start">
      <ErrorAlert error={error} />
      {!useMe() && (
        <Anchor component={Link} to="/">
          {t('backToSignIn')}
        </Anchor>
      )}
    </Stack>
  )
}

/** Notes whether the server has refused the link itself: then there is nothing left to fill in. */
export function useLinkOver() {
  const [over, setOver] = useState<unknown>()
  const noting = async <T,>(work: Promise<T>): Promise<T> => {
    try {
      return await work
    } catch (error) {
      if (error instanceof Refused && error.problem.code === 'link_not_valid') setOver(error)
      throw error
    }
  }
  return { over, noting }
}
