/** The keys that English has for the Russian ones: one and other, where Russian has one, few and many. */
export type English<Russian> = {
  [Key in keyof Russian as Key extends `${string}_few` ? never : Key extends `${infer Stem}_many` ? `${Stem}_other` : Key]: string
}
