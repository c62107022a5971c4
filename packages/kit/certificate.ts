const strange = /^(SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|UNABLE_TO_(GET_ISSUER|VERIFY_LEAF)|CERT_(UNTRUSTED|SIGNATURE))/

/** Whether a store was not spoken to because of what its certificate says. */
export const isOfCertificate = (code: string): boolean => strange.test(code) || /^(CERT_|ERR_TLS_|ERR_SSL_)/.test(code)

/** Why a store cannot be opened, in words that help the person who runs this; what is no matter of certificates stays as it was said. */
export function whyClosed(error: unknown): string {
  const { code = '', message = '' } = error as { code?: string; message?: string }
  if (strange.test(code))
    return `Its certificate is of no authority known here (${message}): NODE_EXTRA_CA_CERTS must name a file with the one that signed it`
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return `Its certificate is for another name than it was asked for by (${message})`
  return String(error)
}
