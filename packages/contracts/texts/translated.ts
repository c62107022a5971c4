/** A Russian group of texts in the forms of English: one and other, where Russian has one, few and many. None may be missing, and none may be more. */
export type Translated<Russian> = Russian extends string
  ? string
  : Russian extends readonly unknown[]
    ? Russian
    : {
        [Key in keyof Russian as Key extends `${string}_few`
          ? never
          : Key extends `${infer Stem}_many`
            ? `${Stem}_other`
            : Key]: Translated<Russian[Key]>
      }

/** A group of texts in each language. Give the languages of one topic or consumer this type: a missing group does not compile then. */
export type Texts<Russian> = { ru: Russian; en: Translated<Russian> }
