import '@mantine/core/styles/default-css-variables.layer.css'
import '@mantine/core/styles/baseline.layer.css'
import '@mantine/core/styles/global.layer.css'
import './page.css'
import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { createRoot } from 'react-dom/client'
import { router } from './pages.tsx'
import { queries } from './queries.ts'
import { resume } from './session.ts'
import { theme, variables } from './theme.ts'
import { closeSheetsOnBack } from './ui/back-closes.ts'
import { followUpdates, reloadForMissingFile } from './update.ts'
import { languageLoaded } from './words.ts'

const nonce = document.querySelector<HTMLMetaElement>('meta[name=csp-nonce]')?.content ?? ''
Object.assign(globalThis, { __webpack_nonce__: nonce })

closeSheetsOnBack(router)
void resume()
void followUpdates().catch(() => {})
reloadForMissingFile()
void languageLoaded.then(draw)

function draw() {
  const root = document.getElementById('root')
  if (!root) return
  createRoot(root).render(
    <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queries}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>,
  )
}
