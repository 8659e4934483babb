import { useMemo } from 'react'
import type { Demand } from '../shared/demand/api.ts'
import { outsideInWords } from '../shared/demand/words.ts'
import { listCommunities, readCatalogue, readCommunity } from '../shared/places/api.ts'
import { readSurvey } from '../shared/surveys/api.ts'
import { isRecord, walk } from '../shared/surveys/definition.ts'
import { titlesOf } from '../shared/surveys/titles.ts'
import { useAnswer } from './api/use-answer.ts'
import type { Resting } from './briefs/resting.ts'
import type { SourceNames } from './briefs/source-words.ts'
import { choiceTexts } from './demand/choice-texts.ts'
import { partName } from './demand/parts.tsx'
import { codeNames, communityNames, placeNames, serviceNames } from './places/district-names.ts'

/** The words of a survey version: of its choices, and of the questions that weigh. */
export function useSurveyWords(district: string, resting: Resting | undefined) {
  const { survey = '', version = 0 } = resting ?? {}
  const asked = useAnswer(readSurvey, { district, survey }, { version: String(version) }, resting !== undefined)
  const definition = asked.face === 'ready' ? asked.data.definition : undefined
  return useMemo(
    () => ({ choices: choiceTexts(definition), titles: titlesOf(isRecord(definition) ? walk(definition).asked : []) }),
    [definition],
  )
}

const noLists = { services: [], parts: [], channels: [], outside: [], nearby: undefined }

/** What the lists inside a community's demand are called in its survey version; until that is known, a number's place stands for its name. */
export function useSourceNames(district: string, community: string, demand: Demand | undefined): SourceNames {
  const places = useAnswer(listCommunities, { district })
  const catalogue = useAnswer(readCatalogue, { district })
  const here = useAnswer(readCommunity, { district, community })
  const { choices, titles } = useSurveyWords(district, demand)
  const zh = catalogue.face === 'ready' ? serviceNames(catalogue.data.catalogue) : new Map<string, string>()
  const asked = demand ?? noLists
  return {
    services: asked.services.map(({ service }) => zh.get(service) ?? service),
    parts: asked.parts.map(({ code }) => partName(code, choices)),
    channels: asked.channels.map(({ channel }) => channel),
    outside: asked.outside.map(({ reason }) => outsideInWords(reason, titles)),
    communities: communityNames(places.face === 'ready' ? places.data.communities : []),
    codes: new Map([
      ...(catalogue.face === 'ready' ? codeNames(catalogue.data.catalogue) : []),
      ...(asked.nearby ?? []).map(({ code, name }) => [code, name] as const),
      ...(here.face === 'ready' ? placeNames(here.data) : []),
    ]),
  }
}
