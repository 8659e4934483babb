import type { CampaignsTables } from './tables/campaigns.ts'
import type { DeliberationsTables } from './tables/deliberations.ts'
import type { PeopleTables } from './tables/people.ts'
import type { PlacesTables } from './tables/places.ts'
import type { PlatformTables } from './tables/platform.ts'
import type { QualityTables } from './tables/quality.ts'
import type { ResultsTables } from './tables/results.ts'
import type { SurveysTables } from './tables/surveys.ts'
import type { ThemesTables } from './tables/themes.ts'
import type { WishesTables } from './tables/wishes.ts'

/** All tables, as Kysely sees them. */
export interface Tables
  extends PlacesTables,
    PeopleTables,
    SurveysTables,
    DeliberationsTables,
    WishesTables,
    CampaignsTables,
    QualityTables,
    ThemesTables,
    ResultsTables,
    PlatformTables {}
