import { Group, NativeSelect, SegmentedControl, TextInput } from '@mantine/core'
import type { GradeGiven } from '@repitbot/contracts/lesson'
import { browserStorage } from '../../storage.ts'
import { translate, useWords } from '../../words.ts'
import type { GradeScale, SeatDraft } from '../opened.ts'

const scales: GradeScale[] = ['five', 'hundred', 'percent', 'pass']
const remembered = 'repitbot-scale'
/** The scale that was used last in this browser. */
export const usualScale = (): GradeScale => scales.find((scale) => scale === browserStorage.get(remembered)) ?? 'five'

export const gradeText = ({ scale, value }: GradeGiven): string =>
  scale === 'pass'
    ? translate(value ? 'passed' : 'failedPass')
    : scale === 'percent'
      ? `${value} %`
      : scale === 'five'
        ? String(value)
        : `${value} / 100`

export function givenGrade({ attendance, scale, value }: SeatDraft): GradeGiven | undefined {
  if (attendance !== 'attended' || value.trim() === '') return undefined
  return { scale, value: Number(value) }
}

type Props = { seat: SeatDraft; name: string; field: string; error?: string; change: (change: Partial<SeatDraft>) => void }
export function GradeField({ seat, name, field, error, change }: Props) {
  const t = useWords()
  const { scale, value } = seat
  const label = `${t('grade')}: ${name}`
  const turn = (to: string) => {
    browserStorage.set(remembered, to)
    change({ scale: scales.find((one) => one === to) ?? 'five', value: '' })
  }
  const none = { value: '', label: '–' }
  const choices =
    scale === 'pass'
      ? [none, { value: '1', label: t('passed') }, { value: '0', label: t('failedPass') }]
      : [none, ...['5', '4', '3', '2', '1'].map((mark) => ({ value: mark, label: mark }))]
  return (
    <Group gap="xs" wrap="nowrap" align="start">
      {scale === 'five' || scale === 'pass' ? (
        <SegmentedControl
          className="grow"
          aria-label={label}
          data={choices}
          value={value}
          onChange={(to) => change({ value: to })}
          transitionDuration={0}
        />
      ) : (
        <TextInput
          className="grow"
          aria-label={label}
          placeholder={t('noGrade')}
          type="number"
          name={field}
          inputMode="numeric"
          min={0}
          max={100}
          step={1}
          value={value}
          error={error}
          onChange={(event) => change({ value: event.currentTarget.value })}
        />
      )}
      <NativeSelect
        className="scale"
        aria-label={`${t('scale')}: ${name}`}
        data={scales.map((one) => ({ value: one, label: t(`scale_${one}`) }))}
        value={scale}
        onChange={(event) => turn(event.currentTarget.value)}
      />
    </Group>
  )
}
