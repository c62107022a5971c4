import './sheet.css'
import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from '../words.ts'
import { useBackCloses } from './back-closes.ts'
import { useSwallowSecondTap } from './second-tap.ts'

const focus = (found: Element | null | undefined) => found instanceof HTMLElement && found.focus()

/**
 * Every form and detail over a page: from below on a phone, from the side on a wide screen. Back closes it, the second tap of a double tap
 * that closed it presses nothing below, and the focus goes back to what opened it. What is typed into it belongs into `useDraft` (or
 * `Form`'s `draft`), which keeps it until it is sent or thrown away; a refusal into `ErrorAlert`, first in the form. A `Link` in a sheet has
 * `replace`, so that it takes the place of the sheet in the history.
 */
export function Sheet({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const t = useWords()
  useBackCloses(close)
  useSwallowSecondTap()
  const wide = useMediaQuery('(min-width: 48em)', undefined, { getInitialValueInEffect: false })
  const [opener] = useState(() => document.activeElement)
  const [lessonId] = useState(() => opener?.closest<HTMLElement>('[data-lesson]')?.dataset.lesson)
  useEffect(
    () => () => {
      // The element that opened it may be gone: then the first button of the same lesson gets the focus.
      setTimeout(() => focus(opener?.isConnected ? opener : document.querySelector(`[data-lesson="${lessonId}"] button`)))
    },
    [opener, lessonId],
  )
  return (
    <Drawer
      opened
      onClose={close}
      title={title}
      position={wide ? 'right' : 'bottom'}
      size={wide ? 'md' : '100%'}
      closeButtonProps={{ 'aria-label': t('close') }}
      transitionProps={{ duration: 0 }}
      returnFocus={false}
      classNames={{ title: 'sheet-title', ...(!wide && { content: 'sheet-low', inner: 'sheet-low-inner' }) }}
    >
      {children}
    </Drawer>
  )
}
