import { ActionIcon, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import { IconBell, IconLanguage, IconMoon, IconSearch, IconSun } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useMe } from '../me.ts'
import { useStore } from '../store.ts'
import { Avatar } from '../ui/avatar.tsx'
import { unread } from '../unread.ts'
import { language, setLanguage, useWords } from '../words.ts'
import { overlay } from './overlay.ts'

const loadMenu = async () => ({ default: (await import('./person-menu.tsx')).PersonMenu })
const PersonMenu = lazy(loadMenu)

export function Header() {
  const t = useWords()
  const who = useMe()
  return (
    <header className="top">
      <Link to="/" className="brand" aria-label="RepitBot">
        <Mark />
        <span>RepitBot</span>
      </Link>
      {who ? (
        <>
          <ActionIcon size="lg" variant="subtle" color="slate" aria-label={t('search')} onClick={() => overlay.set('search')}>
            <IconSearch size={20} />
          </ActionIcon>
          <Bell />
          <Person who={who} />
        </>
      ) : (
        <VisitorSettings />
      )}
    </header>
  )
}

/** The menu is loaded when the pointer comes near it, and opens when it is loaded. */
function Person({ who }: { who: Me }) {
  const t = useWords()
  const [wanted, setWanted] = useState(false)
  const face = (
    <UnstyledButton
      ml="xs"
      aria-haspopup="menu"
      aria-label={t('personMenu', { name: who.card.name })}
      onPointerEnter={() => void loadMenu()}
      onClick={() => setWanted(true)}
    >
      <Avatar name={who.card.name} />
    </UnstyledButton>
  )
  return wanted ? (
    <Suspense fallback={face}>
      <PersonMenu who={who} />
    </Suspense>
  ) : (
    face
  )
}

function Bell() {
  const t = useWords()
  const waiting = useStore(unread)
  return (
    <ActionIcon
      className="bell"
      size="lg"
      variant="subtle"
      color="slate"
      renderRoot={(props) => <Link to="/inbox" {...props} />}
      aria-label={waiting ? t('inboxUnread', { unread: waiting }) : t('inbox')}
    >
      <IconBell size={20} />
      {waiting > 0 && <span className="count">{waiting > 99 ? '99+' : waiting}</span>}
    </ActionIcon>
  )
}

/** What a visitor may choose before signing in. */
function VisitorSettings() {
  const t = useWords()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  return (
    <>
      <ActionIcon
        size="lg"
        variant="subtle"
        color="slate"
        aria-label={t('language')}
        onClick={() => setLanguage(language.get() === 'ru' ? 'en' : 'ru')}
      >
        <IconLanguage size={20} />
      </ActionIcon>
      <ActionIcon
        size="lg"
        variant="subtle"
        color="slate"
        aria-label={dark ? t('light') : t('dark')}
        onClick={() => setColorScheme(dark ? 'light' : 'dark')}
      >
        {dark ? <IconSun size={20} /> : <IconMoon size={20} />}
      </ActionIcon>
    </>
  )
}

const Mark = () => (
  <svg viewBox="0 0 512 512" aria-hidden>
    <rect width="512" height="512" rx="132" fill="currentColor" />
    <path
      d="M256 118c-81 0-146 57-146 128 0 39 20 74 52 97l-10 55 62-31c13 3 27 5 42 5 81 0 146-56 146-126S337 118 256 118z"
      fill="var(--page)"
    />
    <path d="M186 250l50 50 94-100" fill="none" stroke="currentColor" strokeWidth="40" strokeLinecap="round" strokeLinejoin="round" />
  </svg>
)
