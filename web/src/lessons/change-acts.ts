import type { LessonChange } from '@repitbot/contracts/lesson-plan'
import type { z } from 'zod'
import { api } from '../clients.ts'
import { queries } from '../queries.ts'
import { showToast } from '../ui/toast.tsx'
import { offerUndo } from '../ui/undo.tsx'
import { translate } from '../words.ts'
import type { Scope } from './lesson-acts.ts'
import { namesOf, type StaffLesson } from './lessons.ts'
import { formerFields } from './sheet/change-draft.ts'

type Fields = Omit<z.input<typeof LessonChange>, 'version'>

/** Changes a lesson, or more of its series. One lesson can be put back as it stood, as long as nobody has changed it since. */
export async function changeLesson(lesson: StaffLesson, fields: Fields, scope: Scope): Promise<void> {
  const { id: lessonId, version } = lesson
  const name = namesOf(lesson)
  if (scope === 'this') {
    const changed = await api.lessons.change({ lessonId, version, ...fields })
    const undo = async () => {
      await api.lessons.change({ lessonId, version: changed.version, ...formerFields(lesson) })
      void queries.invalidateQueries()
    }
    if (changed.version !== version) offerUndo({ text: translate('changed', { name }), undo })
  } else {
    await changeSeries(lesson, fields, scope)
    showToast({ text: translate('seriesChanged', { name }) })
  }
  void queries.invalidateQueries()
}

/** Of the series only what differs from this lesson changes: the rest was not asked for. */
async function changeSeries({ seriesId = '', seriesOn, ...lesson }: StaffLesson, fields: Fields, scope: 'following' | 'all') {
  const was = formerFields({ seriesId, seriesOn, ...lesson })
  const { subject, minutes, videoUrl, students } = Object.fromEntries(
    Object.entries(fields).filter(([field, value]) => JSON.stringify(value) !== JSON.stringify(was[field as keyof Fields])),
  ) as Fields
  const on = scope === 'all' ? undefined : seriesOn
  const { version } = await api.series.get({ seriesId })
  await api.series.change({ seriesId, version, scope, on, subject, minutes, videoUrl: videoUrl ?? undefined, students })
}
