import './sheet.css'
import { Drawer } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { type ReactNode, useEffect, useState } from 'react'
import { useWords } from '../words.ts'

const focus = (found: Element | null | undefined) => found instanceof HTMLElement && found.focus()

/** A drawer: from below on a phone, from the side on a wide screen. Closed, it gives the focus back to what opened it. */
export function Sheet({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const t = useWords()
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
