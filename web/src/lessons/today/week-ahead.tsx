import { Skeleton, Text, Title } from '@mantine/core'
import { addDays, localDay } from '@repitbot/contracts/calendar'
import { Link } from '@tanstack/react-router'
import { dayText, timeText } from '../../time.ts'
import { useWords } from '../../words.ts'
import { isCancelled, namesOf, type StaffLesson, startOf } from '../lessons.ts'

/** The week beside the day, where there is width for it. */
export function WeekAhead({ loaded, monday, today, zone }: { loaded?: StaffLesson[]; monday: string; today: string; zone: string }) {
  const t = useWords()
  const days = [0, 1, 2, 3, 4, 5, 6].map((step) => addDays(monday, step))
  return (
    <aside className="week-ahead" aria-labelledby="week-ahead">
      <Title order={2} size="h5" id="week-ahead" mb="xs">
        {t('week')}
      </Title>
      <ol className="bare">
        {days.map((day) => {
          const ofDay = loaded?.filter((lesson) => !isCancelled(lesson) && localDay(startOf(lesson), zone) === day)
          return (
            <li className="week-day" key={day} data-today={day === today || undefined} data-past={day < today || undefined}>
              <Link to="/week" search={{ day }}>
                {dayText(day)}
              </Link>
              {ofDay ? (
                <ul className="bare">
                  {ofDay.map((lesson) => (
                    <li key={lesson.id}>
                      <Text span size="sm" fw={500}>
                        {timeText(lesson.startsAt, zone)}
                      </Text>{' '}
                      <Text span size="sm">
                        {namesOf(lesson)}
                      </Text>
                    </li>
                  ))}
                  {ofDay.length === 0 && (
                    <li>
                      <Text size="sm" className="dimmed">
                        {t('freeDay')}
                      </Text>
                    </li>
                  )}
                </ul>
              ) : (
                <Skeleton height={18} mt={4} />
              )}
            </li>
          )
        })}
      </ol>
    </aside>
  )
}
