import { ActionIcon, Button, Group, NativeSelect, Stack, Text, Title } from '@mantine/core'
import type { Person } from '@repitbot/contracts/people'
import { IconUserPlus, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '../clients.ts'
import { queries } from '../queries.ts'
import { Form } from '../ui/form.tsx'
import { CardsLoading, QueryResult } from '../ui/query-result.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { tryOrToast } from '../ui/toast.tsx'
import { offerUndo } from '../ui/undo.tsx'
import { useWords } from '../words.ts'
import { Invitation, useInvite } from './invitation.tsx'
import { everybody, linksOver } from './queries.ts'

/** Who looks after a student: the parents, the one who pays, the tutors. A second parent is invited or taken from those who are here. */
export function Family({ student }: { student: Person }) {
  const t = useWords()
  const { made, invite, close } = useInvite()
  const [linking, setLinking] = useState(false)
  const all = useQuery(everybody).data ?? []
  const query = useQuery(linksOver(student.userId))
  const nameOf = (userId: string) => all.find((person) => person.userId === userId)?.name
  const unlink = async (link: { holderId: string; overId: string; as: 'parent' | 'tutor' | 'payer' }) => {
    if (!(await tryOrToast(api.people.unlink(link)))) return
    const again = () => api.people.link(link).then(() => queries.invalidateQueries({ queryKey: ['people'] }))
    offerUndo({ text: t('unlinked', { name: nameOf(link.holderId) ?? '' }), undo: again })
    await queries.invalidateQueries({ queryKey: ['people'] })
  }
  return (
    <Stack gap="xs">
      <Title order={3}>{t('family')}</Title>
      <QueryResult query={query} loading={<CardsLoading count={1} />}>
        {(links) => (
          <>
            {!links.some(({ as }) => as === 'parent') && <Text c="dimmed">{t('noParents')}</Text>}
            {links.length > 0 && (
              <div className="rows card">
                {links
                  .filter(({ holderId }) => nameOf(holderId))
                  .map((link) => (
                    <div key={link.holderId + link.as} className="row">
                      <Text className="grow">{nameOf(link.holderId)}</Text>
                      <Text size="sm" c="dimmed">
                        {t(`as_${link.as}`)}
                      </Text>
                      {link.as !== 'tutor' && (
                        <ActionIcon
                          variant="subtle"
                          color="slate"
                          aria-label={t('unlink', { name: nameOf(link.holderId) ?? '' })}
                          onClick={() => void unlink(link)}
                        >
                          <IconX size={18} />
                        </ActionIcon>
                      )}
                    </div>
                  ))}
              </div>
            )}
          </>
        )}
      </QueryResult>
      <Group>
        <Button
          size="sm"
          variant="default"
          leftSection={<IconUserPlus size={18} />}
          onClick={() => void invite(student.name, { role: 'parent', studentIds: [student.userId] })}
        >
          {t('inviteParent')}
        </Button>
        {all.some(({ role }) => role === 'parent') && (
          <Button size="sm" variant="default" onClick={() => setLinking(true)}>
            {t('linkParent')}
          </Button>
        )}
      </Group>
      {made && <Invitation {...made} close={close} />}
      {linking && <LinkParent student={student} parents={all.filter(({ role }) => role === 'parent')} close={() => setLinking(false)} />}
    </Stack>
  )
}

function LinkParent({ student, parents, close }: { student: Person; parents: Person[]; close: () => void }) {
  const t = useWords()
  const send = async ({ holderId = '', as = 'parent' }) => {
    await api.people.link({ holderId, overId: student.userId, as: as === 'payer' ? 'payer' : 'parent' })
    await queries.invalidateQueries({ queryKey: ['people'] })
    close()
  }
  return (
    <Sheet title={t('linkParent')} close={close}>
      <Form act={t('save')} draft={`link-${student.userId}`} send={send}>
        {({ errors }) => (
          <>
            <Text size="sm">{t('linkParentAbout', { name: student.name })}</Text>
            <NativeSelect
              name="holderId"
              label={t('roles_parent')}
              error={errors.holderId}
              data={parents.map(({ userId, name }) => ({ value: userId, label: name }))}
            />
            <NativeSelect
              name="as"
              label={t('linkAs')}
              error={errors.as}
              data={(['parent', 'payer'] as const).map((value) => ({ value, label: t(`as_${value}`) }))}
            />
          </>
        )}
      </Form>
    </Sheet>
  )
}
