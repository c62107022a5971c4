import './frame/frame.css'
import { Button, Center, Group, Loader, Stack } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import { mayOpen, type PageName, pageOf } from '@repitbot/contracts/pages'
import { Outlet, useMatches } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { Bars } from './frame/bars.tsx'
import { Header } from './frame/header.tsx'
import { Keys } from './frame/keys.tsx'
import { nameOf } from './frame/nav.ts'
import { Rail } from './frame/rail.tsx'
import { ZoneBar } from './frame/zone-bar.tsx'
import { me, useMe } from './me.ts'
import { NotFound } from './not-found.tsx'
import { lostBy, resume } from './session.ts'
import { useStore } from './store.ts'
import { ErrorAlert } from './ui/error-alert.tsx'
import { Toasts } from './ui/toast.tsx'
import { UndoLine } from './ui/undo.tsx'
import { followUnread } from './unread.ts'
import { setLanguage, useWords } from './words.ts'

const SignIn = lazy(async () => ({ default: (await import('./enter/sign-in.tsx')).SignIn }))

/** The page that the address names; none where it names no page. */
const usePage = (): PageName | undefined => useMatches({ select: (matches) => matches.at(-1)?.staticData.page })

/** The frame around every page, signed in or not. */
export function Frame() {
  const t = useWords()
  const page = usePage()
  const card = useMe()?.card
  const name = page && nameOf(page, card)
  const title = name ? `${t(name)} – RepitBot` : 'RepitBot'
  useEffect(() => {
    document.title = title
  }, [title])
  return (
    <>
      <a className="skip" href="#main">
        {t('skip')}
      </a>
      <Header />
      {card && !(page && pageOf(page).roles === 'anyone') && <Rail card={card} />}
      <Bars />
      <UndoLine key={card?.userId ?? 'visitor'} />
      <main id="main" tabIndex={-1} className={page && pageOf(page).wide ? 'page wide' : 'page'}>
        <Outlet />
      </main>
      <Toasts />
    </>
  )
}

/** The pages of a signed-in person; others get the sign-in form at the same address. */
export function SignedIn() {
  const t = useWords()
  const who = useStore(me)
  if (who === 'asking')
    return (
      <Center p="xl">
        <Loader aria-label={t('loading')} role="status" />
      </Center>
    )
  if (who === 'lost')
    return (
      <Stack>
        <ErrorAlert error={lostBy.get()} />
        <Group>
          <Button onClick={() => void resume()}>{t('retry')}</Button>
        </Group>
      </Stack>
    )
  if (who) return <SignedInPage key={who.card.userId} who={who} />
  return (
    <Suspense>
      <SignIn />
    </Suspense>
  )
}

function SignedInPage({ who }: { who: Me }) {
  const page = usePage()
  useEffect(() => followUnread(who.card.userId), [who.card.userId])
  useEffect(() => setLanguage(who.card.language), [who.card.language])
  return (
    <>
      <ZoneBar card={who.card} />
      <Suspense>{page && !mayOpen(page, who.card.role) ? <NotFound /> : <Outlet />}</Suspense>
      <Keys who={who} />
    </>
  )
}
