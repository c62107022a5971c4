export const Preferences = (_: { role: string }) => null
