import type { Column } from '../../document.ts'

/** A column of numbers. */
export const right = (title: string, width?: number): Column => ({ title, align: 'right', ...(width && { width }) })
