import { Badge, Button, Card, Group, Modal, NativeSelect, Stack, Text, TextInput, Title } from '@mantine/core'
import type { MadeInvitation, Person } from '@repitbot/contracts/people'
import { useQuery } from '@tanstack/react-query'
import qrcode from 'qrcode-generator'
import { useState } from 'react'
import { Form } from './form.tsx'
import { useMe } from './me.ts'
import { people, queries } from './session.ts'
import { tell } from './toast.tsx'
import { Asked } from './trouble.tsx'
import { useWords } from './words.ts'

type Shown = { name: string; made: MadeInvitation }

/** Who is in the school within reach, who has joined, and how the others come in. */
export function People() {
  const t = useWords()
  const [adding, setAdding] = useState(false)
  const [shown, setShown] = useState<Shown>()
  const query = useQuery({ queryKey: ['people', 'all'], queryFn: () => people.list({ limit: 200 }) })
  const admin = useMe()?.card.role === 'admin'
  const add = async ({ name = '', role }: Record<string, string>) => {
    await people.create({ role: role === 'tutor' ? 'tutor' : 'student', name })
    setAdding(false)
    await queries.invalidateQueries()
  }
  return (
    <Stack>
      <Group justify="space-between">
        <Title order={1}>{t('people')}</Title>
        <Button onClick={() => setAdding(true)}>{admin ? t('addPerson') : t('addStudent')}</Button>
      </Group>
      <Asked query={query}>
        {(all) => (
          <Stack>
            {!all.some(({ role }) => role === 'student') && <Text>{t('noStudents')}</Text>}
            {all.map((person) => (
              <PersonCard key={person.userId} person={person} show={setShown} />
            ))}
          </Stack>
        )}
      </Asked>
      <Modal
        opened={adding}
        onClose={() => setAdding(false)}
        title={admin ? t('addPerson') : t('addStudent')}
        closeButtonProps={{ 'aria-label': t('close') }}
        transitionProps={{ duration: 0 }}
      >
        <Form act={t('save')} send={add}>
          {({ errors }) => (
            <>
              {admin && (
                <NativeSelect
                  name="role"
                  label={t('role')}
                  data={(['student', 'tutor'] as const).map((value) => ({ value, label: t(`roles_${value}`) }))}
                />
              )}
              <TextInput name="name" label={t('name')} required maxLength={100} error={errors.name} />
            </>
          )}
        </Form>
      </Modal>
      {shown && <Invitation {...shown} close={() => setShown(undefined)} />}
    </Stack>
  )
}

function PersonCard({ person, show }: { person: Person; show: (shown: Shown) => void }) {
  const t = useWords()
  const { userId, name, role, signsIn } = person
  const invite = async (asked: Parameters<typeof people.invite>[0]) => {
    try {
      show({ name, made: await people.invite(asked) })
    } catch {
      tell({ text: t('failed') })
    }
  }
  return (
    <Card withBorder component="article">
      <Group justify="space-between">
        <div>
          <Text fw={600}>{name}</Text>
          <Text size="sm">{t(`roles_${role}`)}</Text>
        </div>
        <Badge variant="outline" color={signsIn ? 'green' : 'gray'} c="var(--mantine-color-text)">
          {signsIn ? t('joined') : t('notJoined')}
        </Badge>
      </Group>
      <Group mt="xs">
        {!signsIn && (
          <Button size="sm" variant="default" onClick={() => void invite({ role, userId })}>
            {t('inviteHim')}
          </Button>
        )}
        {role === 'student' && (
          <Button size="sm" variant="default" onClick={() => void invite({ role: 'parent', studentIds: [userId] })}>
            {t('inviteParent')}
          </Button>
        )}
      </Group>
    </Card>
  )
}

function Invitation({ name, made, close }: Shown & { close: () => void }) {
  const t = useWords()
  const copy = () => void navigator.clipboard.writeText(made.link).then(() => tell({ text: t('copied') }))
  return (
    <Modal
      opened
      onClose={close}
      title={t('invitation', { name })}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
    >
      <Stack>
        <Text size="sm">{t('invitationHint')}</Text>
        <TextInput label={t('link')} value={made.link} readOnly />
        <Button onClick={copy}>{t('copy')}</Button>
        <TextInput label={t('code')} value={made.code} readOnly />
        <Qr text={made.link} label={`QR: ${name}`} />
      </Stack>
    </Modal>
  )
}

/** Dark on white in both themes, with the quiet margin that cameras need. */
function Qr({ text, label }: { text: string; label: string }) {
  const code = qrcode(0, 'M')
  code.addData(text)
  code.make()
  const count = code.getModuleCount()
  const all = Array.from({ length: count * count }, (_, at) => [Math.floor(at / count), at % count] as const)
  const path = all.filter(([row, column]) => code.isDark(row, column)).map(([row, column]) => `M${column + 4} ${row + 4}h1v1h-1z`)
  return (
    <svg role="img" aria-label={label} viewBox={`0 0 ${count + 8} ${count + 8}`} width="220" height="220" shapeRendering="crispEdges">
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path.join('')} fill="#000" />
    </svg>
  )
}
