/**
 * The common currency of demand: what a survey, a deliberation or a board of wishes says about a community's need for a service.
 * Only survey signals carry a cell and are weighted; the others stand beside them and are never added to them.
 */
export interface Signal {
  source: 'survey' | 'deliberation' | 'wish'
  community: string
  service: string
  function?: string
  kind: 'need' | 'unmet' | 'top' | 'agree' | 'disagree' | 'resolved' | 'wish'
  cell?: number
  n: number
}
