import AuditPage from './audit-page.tsx'
import MessagesPage from './messages-page.tsx'
import PeoplePage from './people-page.tsx'
import PersonalDataPage from './personal-data-page.tsx'
import SlipsPage from './slips-page.tsx'

/**
 * One file of code for all pages of whoever looks after people. Cut apart, they would take the components that they share with
 * the district table out of it piece by piece, and many small files pack worse than one.
 */
export const pages = {
  audit: AuditPage,
  messages: MessagesPage,
  people: PeoplePage,
  personalData: PersonalDataPage,
  slips: SlipsPage,
}
