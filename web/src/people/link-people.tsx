import { NativeSelect, Text } from '@mantine/core'
import type { Link, Person } from '@repitbot/contracts/people'
import { api } from '../clients.ts'
import { queries } from '../queries.ts'
import { Form } from '../ui/form.tsx'
import { Sheet } from '../ui/sheet.tsx'
import { useWords } from '../words.ts'
import { PersonField } from './people-fields.tsx'

const optionsOf = (people: Person[]) => people.map(({ userId, name }) => ({ value: userId, label: name }))

async function link(wanted: Link, close: () => void) {
  await api.people.link(wanted)
  await queries.invalidateQueries({ queryKey: ['people'] })
  close()
}

export function LinkParent({ student, close }: { student: Person; close: () => void }) {
  const t = useWords()
  const send = ({ holderId = '', as = 'parent' }) =>
    link({ holderId, overId: student.userId, as: as === 'payer' ? 'payer' : 'parent' }, close)
  return (
    <Sheet title={t('linkParent')} close={close}>
      <Form act={t('save')} send={send}>
        {({ errors }) => (
          <>
            <Text size="sm">{t('linkParentAbout', { name: student.name })}</Text>
            <PersonField name="holderId" as="parent" label={t('roles_parent')} error={errors.holderId} />
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

/** Gives a student to a tutor, chosen from either side: one of `tutors`, or a student but for those whom the tutor has already. */
export function LinkTutor({ of, tutors = [], has = [], close }: LinkTutorProps) {
  const t = useWords()
  const isStudent = of.role === 'student'
  const send = ({ chosen = '' }) =>
    link({ holderId: isStudent ? chosen : of.userId, overId: isStudent ? of.userId : chosen, as: 'tutor' }, close)
  return (
    <Sheet title={isStudent ? t('linkTutor') : t('linkStudent')} close={close}>
      <Form act={t('save')} send={send}>
        {({ errors }) => (
          <>
            <Text size="sm">{isStudent ? t('linkTutorAbout', { name: of.name }) : t('linkStudentAbout', { name: of.name })}</Text>
            {isStudent ? (
              <NativeSelect name="chosen" label={t('roles_tutor')} error={errors.holderId ?? errors.overId} data={optionsOf(tutors)} />
            ) : (
              <PersonField name="chosen" as="student" without={has} label={t('roles_student')} error={errors.overId ?? errors.holderId} />
            )}
          </>
        )}
      </Form>
    </Sheet>
  )
}
type LinkTutorProps = { of: Person; tutors?: Person[]; has?: string[]; close: () => void }
