import type { Me } from '@repitbot/contracts/auth'
import { useNavigate } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { useStore } from '../store.ts'
import { menuOf } from './nav.ts'
import { overlay } from './overlay.ts'

const Search = lazy(async () => ({ default: (await import('./search.tsx')).Search }))
const KeyList = lazy(async () => ({ default: (await import('./key-list.tsx')).KeyList }))

/** The second key of `g t` counts this long. */
const secondKeyMs = 1_200
const isTyping = ({ target }: KeyboardEvent) =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]')

/** The Latin letter of a key, also where the keyboard writes another alphabet. */
const letterOf = ({ key, code }: KeyboardEvent) =>
  /^[a-z]$/i.test(key) || !code.startsWith('Key') ? key.toLowerCase() : code.slice(3).toLowerCase()

/** Everything the keyboard does anywhere, and the sheets it opens. */
export function Keys({ who }: { who: Me }) {
  const open = useStore(overlay)
  const go = useNavigate()
  const { card } = who
  useEffect(() => {
    let goingSince = 0
    const listener = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event) || document.querySelector('[role=dialog]')) return
      const letter = letterOf(event)
      const place = event.timeStamp - goingSince < secondKeyMs && menuOf(card).find(({ key }) => key === letter)
      goingSince = letter === 'g' ? event.timeStamp : 0
      const wantedOverlay = event.key === '/' ? 'search' : event.key === '?' ? 'keys' : undefined
      const button = document.querySelector<HTMLElement>(`main [aria-keyshortcuts="${CSS.escape(letter)}"]`)
      if (!place && !wantedOverlay && !button) return
      event.preventDefault()
      if (place) void go({ to: place.to })
      else if (wantedOverlay) overlay.set(wantedOverlay)
      else button?.click()
    }
    document.addEventListener('keydown', listener)
    return () => document.removeEventListener('keydown', listener)
  }, [card, go])
  const close = () => overlay.set(undefined)
  return (
    <Suspense>
      {open === 'search' && <Search who={who} close={close} />}
      {open === 'keys' && <KeyList card={card} close={close} />}
    </Suspense>
  )
}
