import { Menu, Text, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core'
import type { Me } from '@repitbot/contracts/auth'
import {
  IconDeviceMobile,
  IconKeyboard,
  IconLanguage,
  IconLogout,
  IconMoon,
  IconSettings,
  IconSun,
  IconSwitchHorizontal,
  IconWorld,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { api } from '../clients.ts'
import { reloadCard, signOut, switchTo } from '../session.ts'
import { zoneText } from '../time-zones.ts'
import { Avatar } from '../ui/avatar.tsx'
import { useReplace } from '../ui/replace.ts'
import { tryOrToast } from '../ui/toast.tsx'
import { language, setLanguage, useWords } from '../words.ts'
import { overlay } from './overlay.ts'

const size = 18

/** Who is signed in, and what they may change from any page. */
export function PersonMenu({ who }: { who: Me }) {
  const t = useWords()
  const { setColorScheme } = useMantineColorScheme()
  const dark = useComputedColorScheme('light') === 'dark'
  const { card, memberships } = who
  const others = memberships.filter(({ userId }) => userId !== card.userId)
  const replace = useReplace(card, { shown: { language: true }, load: reloadCard })
  const turn = async () => {
    const to = language.get() === 'ru' ? 'en' : 'ru'
    await replace((version) => api.people.changeMe({ language: to, version }))
    setLanguage(to)
  }
  return (
    <Menu position="bottom-end" width={260} defaultOpened>
      <Menu.Target>
        <UnstyledButton aria-label={t('personMenu', { name: card.name })} ml="xs">
          <Avatar name={card.name} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          <Text fw={650} c="var(--mantine-color-text)">
            {card.name}
          </Text>
          {t(`roles_${card.role}`)}
          {`, ${memberships.find(({ userId }) => userId === card.userId)?.school ?? ''}`}
        </Menu.Label>
        {others.map(({ userId, school, role, name }) => (
          <Menu.Item key={userId} leftSection={<IconSwitchHorizontal size={size} />} onClick={() => void tryOrToast(switchTo(userId))}>
            {`${name}, ${t(`roles_${role}`)}, ${school}`}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item leftSection={<IconSettings size={size} />} component={Link} to="/settings">
          {t('settings')}
        </Menu.Item>
        <Menu.Item leftSection={<IconLanguage size={size} />} onClick={() => void tryOrToast(turn())}>
          {t('language')}
        </Menu.Item>
        <Menu.Item leftSection={<IconWorld size={size} />} component={Link} to="/settings" hash="profile">
          {t('zoneNow', { zone: zoneText(card.zone) })}
        </Menu.Item>
        <Menu.Item
          leftSection={dark ? <IconSun size={size} /> : <IconMoon size={size} />}
          onClick={() => setColorScheme(dark ? 'light' : 'dark')}
        >
          {dark ? t('light') : t('dark')}
        </Menu.Item>
        <Menu.Item leftSection={<IconDeviceMobile size={size} />} component={Link} to="/settings" hash="sessions">
          {t('sessions')}
        </Menu.Item>
        <Menu.Item leftSection={<IconKeyboard size={size} />} visibleFrom="sm" onClick={() => overlay.set('keys')}>
          {t('keys')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={size} />} onClick={() => void tryOrToast(signOut())}>
          {t('signOut')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
