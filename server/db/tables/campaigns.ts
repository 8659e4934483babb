export interface CampaignsTables {
  quotas: {
    district_id: number
    survey_code: string
    community_code: string
    channel: string
    age_band: string
    target: number
  }
  contacts: {
    district_id: number
    id: string
    survey_code: string
    community_code: string
    day: string
    outcome: 'refused' | 'not-home'
    doors: number
    actor: string
    recorded_at: Date
    undone_at: Date | null
  }
  household_slips: {
    district_id: number
    code: string
    survey_code: string
    community_code: string
    compound_code: string | null
    batch: string
    issued_at: Date
  }
  campaign_versions: {
    district_id: number
    survey_code: string
    community_code: string
    campaign_version: number
  }
}
