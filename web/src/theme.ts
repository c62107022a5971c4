import { type CSSVariablesResolver, createTheme, defaultVariantColorsResolver, type MantineColorsTuple } from '@mantine/core'

/** Every colour, size and motion of the page. A colour is never the only sign of anything: an icon or a word stands beside it. */
const colors = {
  brand: ['#edf8f6', '#d3eeea', '#a5dcd5', '#73c8be', '#41b2a6', '#258f85', '#18736c', '#0f5c57', '#0b4744', '#083532'],
  amber: ['#fff7e3', '#ffebbf', '#ffd985', '#ffc64a', '#f5ae12', '#d58f00', '#a86d00', '#855600', '#644000', '#472d00'],
  slate: ['#f4f7f8', '#e7ecee', '#d2dadd', '#b2bec3', '#8a999f', '#67777e', '#516066', '#404d52', '#30393d', '#20282b'],
  blue: ['#ebf4ff', '#d3e6ff', '#a6ccff', '#74afff', '#4a94fb', '#2b7bea', '#1c65ca', '#154fa1', '#103d7d', '#0b2c5c'],
  violet: ['#f4f0ff', '#e5dcff', '#cbb8ff', '#b096fb', '#9676f2', '#7c58e0', '#6542c2', '#50339c', '#3d2679', '#2b1a58'],
  green: ['#ebf9ef', '#d0f0da', '#a2e0b5', '#6fcc8c', '#43b568', '#279a4e', '#1a7c3d', '#12612f', '#0d4a24', '#08351a'],
  red: ['#fff0ef', '#ffdedb', '#ffbbb6', '#ff938c', '#f56b63', '#dc463e', '#bd2f28', '#97231d', '#741a16', '#541210'],
  dark: ['#e6eded', '#b6c3c3', '#93a2a2', '#748484', '#3a4848', '#2c3838', '#232e2e', '#192222', '#111919', '#0b1111'],
} satisfies Record<string, string[]> as unknown as Record<string, MantineColorsTuple>

export const rarityColors = { common: 'slate', rare: 'blue', epic: 'violet', legendary: 'amber' } as const

export const theme = createTheme({
  colors,
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 4 },
  black: '#15201f',
  // Filled buttons are dark with light text in the light theme, and the other way round in the dark one.
  variantColorResolver: (input) => ({
    ...defaultVariantColorsResolver(input),
    ...(input.variant === 'filled' && { color: 'var(--on-filled)' }),
  }),
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  fontFamily: "'Inter', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif",
  headings: {
    fontWeight: '680',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.25' },
      h2: { fontSize: '1.125rem', lineHeight: '1.35' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  components: {
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 100 } } },
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 600, radius: 'sm' } },
    Card: { defaultProps: { withBorder: true, padding: 'md' } },
  },
})

/** Words on a tint of their own colour stay readable (4.5 to 1) in both themes. */
const tinted = (scheme: 'light' | 'dark') =>
  Object.fromEntries(
    Object.entries(colors).flatMap(([name, shades]) => [
      [`--mantine-color-${name}-light`, scheme === 'light' ? shades[0] : `color-mix(in srgb, ${shades[4]} 18%, ${colors.dark?.[7]})`],
      [`--mantine-color-${name}-light-hover`, scheme === 'light' ? shades[1] : `color-mix(in srgb, ${shades[4]} 26%, ${colors.dark?.[7]})`],
      [`--mantine-color-${name}-light-color`, shades[scheme === 'light' ? 7 : 2]],
      // Under the pointer a filled button gets darker in the light theme and lighter in the dark one: the contrast with its text grows.
      [`--mantine-color-${name}-filled-hover`, shades[scheme === 'light' ? 8 : 3]],
    ]),
  ) as Record<string, string>

export const variables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    ...tinted('light'),
    '--page': '#f4f7f7',
    '--xp': '#f5ae12',
    '--xp-text': '#855600',
    '--on-filled': '#ffffff',
    '--mantine-color-dimmed': '#4f5f5e',
    '--mantine-color-placeholder': '#647473',
    '--mantine-color-error': '#bd2f28',
    '--mantine-color-default-border': '#d5dddc',
    '--mantine-color-anchor': '#0f5c57',
  },
  dark: {
    ...tinted('dark'),
    '--page': '#0e1515',
    '--xp': '#f5ae12',
    '--xp-text': '#ffc64a',
    '--on-filled': '#06201d',
    '--mantine-color-dimmed': '#a3b1b1',
    '--mantine-color-placeholder': '#93a2a2',
    '--mantine-color-error': '#ff938c',
    '--mantine-color-default-border': '#303c3c',
    '--mantine-color-anchor': '#73c8be',
  },
})
