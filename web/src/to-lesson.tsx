import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from './me.ts'

type To = { lessonId: string; className: string; onClick?: () => void; replace?: true; children: ReactNode }
/** Tutors and admins open a lesson in their week, a family on its own page. */
export function ToLesson({ lessonId, ...rest }: To) {
  const role = useMe()?.card.role
  if (role === 'tutor' || role === 'admin') return <Link to="/week" search={{ lesson: lessonId }} {...rest} />
  return <Link to="/lessons/$lessonId" params={{ lessonId }} {...rest} />
}
