import type { BriefEntry, Format } from '../../shared/briefs/api.ts'

/** Characters that file systems, or the directory of a ZIP file, cannot hold in a name. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const unfit = /[\\/:*?"<>|\u0000-\u001f\u007f]/g

/** A name as one part of a path on any system. */
export function fitForFile(name: string): string {
  return (
    name
      .replace(unfit, '_')
      .replace(/^[.\s]+|[.\s]+$/g, '')
      .slice(0, 80) || '_'
  )
}

type Named = Pick<BriefEntry, 'site' | 'siteName' | 'communityName' | 'audience' | 'edition'>

/** 一社一案-西何社区-原办公用房-第1稿; a public edition says so. */
export function briefName({ communityName, siteName, audience, edition }: Named): string {
  const parts = ['一社一案', communityName, siteName, ...(audience === 'public' ? ['公开版'] : []), `第${edition}稿`]
  return parts.map(fitForFile).join('-')
}

/** Names of the briefs of one folder: where two sites bear the same name, their codes tell them apart. */
export function nameSites(sites: { code: string; name: string; community: string }[]): Map<string, string> {
  const key = (site: (typeof sites)[number]) => `${site.community}/${fitForFile(site.name)}`
  const often = new Map<string, number>()
  for (const site of sites) often.set(key(site), (often.get(key(site)) ?? 0) + 1)
  return new Map(sites.map((site) => [site.code, often.get(key(site))! > 1 ? `${site.name}-${site.code}` : site.name]))
}

export const mediaTypes: Record<Format, string> = {
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
}
