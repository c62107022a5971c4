/** Whose rows a batch touches. */
export const schoolsOf = (batch: { schoolId: string }[]) => ({ schoolId: [...new Set(batch.map(({ schoolId }) => schoolId))] })
