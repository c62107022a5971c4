import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import { expectedRole } from './me.ts'

type Page = LazyExoticComponent<ComponentType> & { preload?: () => Promise<void> }

/** A page that is loaded when it is opened. The router may load it earlier, but not for a visitor, who has to sign in first. */
export function onDemand<Name extends string>(load: () => Promise<Record<Name, ComponentType>>, name: Name): Page {
  const page: Page = lazy(async () => ({ default: (await load())[name] }))
  page.preload = async () => {
    if (expectedRole()) await load()
  }
  return page
}
