import { Button, Center, Group, Loader, Menu, Text, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import { Link, Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect } from 'react'
import { leave, me, people, queries } from './session.ts'
import { useStore } from './store.ts'
import { Toasts, tell } from './toast.tsx'
import { followUnread, unread } from './unread.ts'
import { language, speak, useWords } from './words.ts'

const SignIn = lazy(async () => ({ default: (await import('./sign-in.tsx')).SignIn }))

/** What stands around every page, signed in or not. */
export function Frame() {
  return (
    <>
      <Header />
      <main className="page">
        <Outlet />
      </main>
      <Toasts />
    </>
  )
}

/** The pages of those who are in; others are asked to sign in where they stand. */
export function Inside() {
  const t = useWords()
  const who = useStore(me)
  if (who === 'asking')
    return (
      <Center p="xl">
        <Loader aria-label={t('loading')} role="status" />
      </Center>
    )
  if (who) return <Following who={who} />
  return (
    <Suspense>
      <SignIn />
    </Suspense>
  )
}

function Following({ who }: { who: Me }) {
  const t = useWords()
  const waiting = useStore(unread)
  const role = who.card.role
  useEffect(() => followUnread(), [])
  useEffect(() => speak(who.card.language), [who.card.language])
  const home = role === 'student' ? t('progress') : role === 'parent' ? t('people') : t('today')
  return (
    <>
      <Outlet />
      <nav className="bar" aria-label={t('menu')}>
        <Link to="/">{home}</Link>
        {(role === 'tutor' || role === 'admin') && <Link to="/week">{t('week')}</Link>}
        {(role === 'tutor' || role === 'admin') && <Link to="/people">{t('people')}</Link>}
        <Link to="/inbox">{waiting ? t('inboxUnread', { unread: waiting }) : t('inbox')}</Link>
      </nav>
    </>
  )
}

function Header() {
  const t = useWords()
  const who = useStore(me)
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const card = typeof who === 'object' ? who.card : undefined
  const turn = async () => {
    const to = language.get() === 'ru' ? 'en' : 'ru'
    speak(to)
    if (card && typeof who === 'object') {
      await people.changeMe({ language: to }).then(
        () => me.set({ ...who, card: { ...card, language: to } }),
        () => tell({ text: t('lost') }),
      )
      await queries.invalidateQueries()
    }
  }
  const out = (everywhere: boolean) => void leave(everywhere).catch(() => tell({ text: t('lost') }))
  return (
    <Group component="header" justify="space-between" px="md" py="xs">
      <Text fw={700}>RepitBot</Text>
      <Menu position="bottom-end" transitionProps={{ duration: 0 }}>
        <Menu.Target>
          <Button variant="default" size="sm">
            {card?.name ?? t('menu')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void turn()}>{t('language')}</Menu.Item>
          <Menu.Item onClick={() => setColorScheme(dark ? 'light' : 'dark')}>{dark ? t('light') : t('dark')}</Menu.Item>
          {card && <Menu.Item onClick={() => out(false)}>{t('signOut')}</Menu.Item>}
          {card && <Menu.Item onClick={() => out(true)}>{t('signOutEverywhere')}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}
