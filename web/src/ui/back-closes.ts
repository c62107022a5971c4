import type { AnyRouter, RouterHistory } from '@tanstack/react-router'
import { useEffect, useEffectEvent } from 'react'

declare module '@tanstack/react-router' {
  interface HistoryState {
    /** How many sheets lie over the page at this entry of the history. */
    sheets?: number
  }
}

type Router = { history: RouterHistory; navigate: AnyRouter['navigate'] }
type Entry = { close: () => void }
const open: Entry[] = []
let router: Router | undefined
let going = false
const depth = () => router?.history.location.state.sheets ?? 0

/** Every open sheet has an entry in the history, so that Back (on Android the usual way to close) closes it and leaves the page. */
export function closeSheetsOnBack(of: Router): void {
  router = of
  of.history.subscribe(({ action }) => {
    if (action.type === 'BACK' || action.type === 'FORWARD' || action.type === 'GO') {
      going = false
      for (const { close } of open.splice(depth()).reverse()) close()
    }
    settleSoon()
  })
  settleSoon()
}

/** After all of one moment has opened and closed: one sheet may have followed another. */
const settleSoon = () => void setTimeout(settle)
function settle(): void {
  if (!router || going || depth() === open.length) return
  if (depth() > open.length) {
    // Closed by a button, or the entry of a sheet that is no more: after a reload, or by Forward.
    going = true
    router.history.go(open.length - depth())
  } else {
    const [sheets, stay] = [open.length, { resetScroll: false, hashScrollIntoView: false }]
    void router.navigate({ to: '.', search: true, hash: true, state: (was: object) => ({ ...was, sheets }), ...stay })
  }
}

/** Gives what is open an entry of its own in the history; Back calls `close`. */
export function useBackCloses(close: () => void): void {
  const closeNow = useEffectEvent(close)
  useEffect(() => {
    const entry = { close: () => closeNow() }
    open.push(entry)
    settleSoon()
    return () => {
      const at = open.indexOf(entry)
      if (at >= 0) open.splice(at, 1)
      settleSoon()
    }
  }, [])
}
