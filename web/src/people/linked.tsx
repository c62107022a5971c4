import { ActionIcon, Text } from '@mantine/core'
import type { Link as Linked, Person } from '@repitbot/contracts/people'
import { IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { api } from '../clients.ts'
import { useMe } from '../me.ts'
import { queries } from '../queries.ts'
import { tryOrToast } from '../ui/toast.tsx'
import { offerUndo } from '../ui/undo.tsx'
import { useWords } from '../words.ts'

/** Everybody at the other ends of some links, each with a way to their page, and a button that takes the link away where that may be done. */
export function LinkedPeople({ links, all, end }: { links: Linked[]; all: Person[]; end: 'holderId' | 'overId' }) {
  const t = useWords()
  const admin = useMe()?.card.role === 'admin'
  const again = () => queries.invalidateQueries({ queryKey: ['people'] })
  const unlink = async (link: Linked, name: string) => {
    if (!(await tryOrToast(api.people.unlink(link)))) return
    offerUndo({ text: t('unlinked', { name }), undo: () => api.people.link(link).then(again) })
    await again()
  }
  const rows = links.flatMap((link) => {
    const person = all.find(({ userId }) => userId === link[end])
    return person ? [{ link, person }] : []
  })
  if (rows.length === 0) return null
  return (
    <div className="rows card">
      {rows.map(({ link, person: { userId, name } }) => (
        <div key={userId + link.as} className="row">
          <Link className="grow" to="/people/$userId" params={{ userId }}>
            {name}
          </Link>
          {end === 'holderId' && (
            <Text size="sm" c="dimmed">
              {t(`as_${link.as}`)}
            </Text>
          )}
          {(admin || link.as !== 'tutor') && (
            <ActionIcon variant="subtle" color="slate" aria-label={t('unlink', { name })} onClick={() => void unlink(link, name)}>
              <IconX size={18} />
            </ActionIcon>
          )}
        </div>
      ))}
    </div>
  )
}
