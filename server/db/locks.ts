/** The numbers of all advisory locks, together so that none is given twice; where a lock has two, this is the first. */
export const locks = {
  distribute: 7_205_113,
  queue: 7_205_114,
  application: 7_205_115,
  audit: 7_205_116,
  administrators: 7_205_117,
  livingWorkers: 7_205_118,
  tallies: 7_205_119,
  briefs: 7_205_120,
  quality: 7_205_141,
  exports: 7_205_142,
  keywords: 7_205_143,
} as const
