import { botControls } from './bot.ts'
import { chartControls } from './chart.ts'
import { checkControls } from './check.ts'
import { closedControls } from './closed.ts'
import { deliveryControls } from './deliveries.ts'
import { documentControls } from './documents.ts'
import { frameControls } from './frame.ts'
import { gatewayControls } from './gateway.ts'
import { headerControls } from './headers.ts'
import { joiningControls } from './joining.ts'
import { kitControls } from './kit.ts'
import { layoutControls } from './layout.ts'
import { letterControls } from './letters.ts'
import { nightlyControls } from './nightly.ts'
import { privateNoteControls } from './notes.ts'
import { noticeControls } from './notices.ts'
import { operatorControls } from './operator.ts'
import { pageControls } from './page.ts'
import { peopleControls } from './people.ts'
import { planControls } from './plans.ts'
import { routeControls } from './routes.ts'
import { savedWholeControls } from './saved-whole.ts'
import { seriesControls } from './series.ts'
import { serviceControls } from './services.ts'
import { signInControls } from './sign-in.ts'
import { storeControls } from './stores.ts'
import { textControls } from './texts.ts'
import { undoControls } from './undo.ts'
import { versionControls } from './versions.ts'

/** Every control, the cheapest first. */
export const controls = [
  ...checkControls,
  ...textControls,
  ...layoutControls,
  ...documentControls,
  ...kitControls,
  ...joiningControls,
  ...storeControls,
  ...savedWholeControls,
  ...serviceControls,
  ...planControls,
  ...undoControls,
  ...letterControls,
  ...privateNoteControls,
  ...closedControls,
  ...seriesControls,
  ...versionControls,
  ...signInControls,
  ...routeControls,
  ...peopleControls,
  ...deliveryControls,
  ...nightlyControls,
  ...noticeControls,
  ...gatewayControls,
  ...headerControls,
  ...botControls,
  ...pageControls,
  ...frameControls,
  ...operatorControls,
  ...chartControls,
]
