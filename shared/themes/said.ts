/** What the brief of a community says of open answers. */
export interface Themes {
  /** Of the dictionary. */
  revision: number
  /** People who wrote anything, and those of them whose words a person has put under a theme. */
  wrote: number
  coded: number
  /** Not weighted; one person may be under several. */
  themes: { code: string; name: string; people: number }[]
  /** As they were chosen: masked, and cut by a person. */
  quotations: { id: string; code: string; text: string; public: boolean }[]
}
