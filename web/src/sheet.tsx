import { Modal } from '@mantine/core'
import type { ReactNode } from 'react'
import { useWords } from './words.ts'

/** What is done without leaving the page: a dialog, from below on a phone. */
export function Sheet({ title, close, children }: { title: string; close: () => void; children: ReactNode }) {
  const t = useWords()
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('close') }}>
      {children}
    </Modal>
  )
}
