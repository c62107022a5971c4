import { Switch } from '@mantine/core'
import { api } from '../clients.ts'
import { queries } from '../queries.ts'
import { tryOrToast } from '../ui/toast.tsx'
import { useWords } from '../words.ts'

/** Some do better without points and levels; XP is counted on either way. */
export function GameSwitch({ studentId, on }: { studentId: string; on: boolean }) {
  const t = useWords()
  const turn = async (to: boolean) => {
    if (await tryOrToast(api.students.switchGame({ studentId, on: to })))
      await queries.invalidateQueries({ queryKey: ['progress', studentId] })
  }
  return (
    <Switch
      label={t('showGame')}
      description={t('showGameAbout')}
      checked={on}
      onChange={({ currentTarget }) => void turn(currentTarget.checked)}
    />
  )
}
