import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMe } from './me.ts'

type To = { lessonId: string; className: string; onClick?: () => void; children: ReactNode }
/** Those who give lessons open one in their week, a family on a page of its own. */
export function ToLesson({ lessonId, ...known }: To) {
  const role = useMe()?.card.role
  if (role === 'tutor' || role === 'admin') return <Link to="/week" search={{ lesson: lessonId }} {...known} />
  return <Link to="/lessons/$lessonId" params={{ lessonId }} {...known} />
}
