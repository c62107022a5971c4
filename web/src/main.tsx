import '@mantine/core/styles.css'
import './page.css'
import { createTheme, MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { z } from 'zod'
import { router } from './pages.tsx'
import { queries, resume } from './session.ts'

// The page's policy forbids code made from text, which zod would otherwise try.
z.config({ jitless: true })
const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? ''
Object.assign(globalThis, { __webpack_nonce__: nonce })

const theme = createTheme({
  primaryColor: 'teal',
  // White on it is readable in both themes; a lighter one in the dark is not.
  primaryShade: 9,
  autoContrast: true,
  defaultRadius: 'md',
  respectReducedMotion: true,
})

void resume()
const root = document.getElementById('root')
if (root)
  createRoot(root).render(
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  )
