import { Select } from 'antd'
import { readWishPlaces } from '../../shared/wishes/api.ts'
import { useAnswer } from '../api/use-answer.ts'
import { Labelled, WordsField } from '../kit/labelled.tsx'
import type { PostProps } from './desk-post-fields.tsx'
import { nearest } from './map-points.ts'
import { PlainMap } from './phone-map.tsx'
import { nearWords } from './phone-where.tsx'
import './desk-map.css'

/** Where a wish is for: the community, words, and a point on the plain map. */
export function PostPlace({ district, choices, draft, change }: PostProps) {
  const isPlace = draft.kind === 'place'
  return (
    <>
      <div className="fields">
        <Labelled label="哪个社区">
          {(id) => (
            <Select
              id={id}
              showSearch={{ optionFilterProp: 'label' }}
              placeholder="选一个社区"
              value={draft.community}
              options={choices.communities.map(({ code, name }) => ({ value: code, label: name }))}
              onChange={(community: string) => change({ community, point: undefined })}
            />
          )}
        </Labelled>
        <WordsField
          label={isPlace ? '在哪里，例如“菜场到地铁口这一段路”' : '在哪里（可不填）'}
          maxLength={80}
          value={draft.words}
          change={(words) => change({ words })}
        />
        {isPlace && (
          <Labelled label="说的是哪一项服务（可不选）">
            {(id) => (
              <Select
                id={id}
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                placeholder="说不准就不选"
                value={draft.service}
                options={choices.services.map(({ code, name }) => ({ value: code, label: name }))}
                onChange={(service?: string) => change({ service })}
              />
            )}
          </Labelled>
        )}
      </div>
      {isPlace && draft.community && <OnMap {...{ district, draft, change }} community={draft.community} />}
    </>
  )
}

function OnMap({ district, community, draft: { point }, change }: Omit<PostProps, 'choices'> & { community: string }) {
  const seen = useAnswer(readWishPlaces, { district }, { community })
  // Words do as well: nobody has to wait for the map.
  if (seen.face !== 'ready' || seen.data.compounds.length === 0) return null
  const { compounds } = seen.data
  const near = point && nearest(point, compounds)
  const at = near && near.metres < 1 ? compounds.indexOf(near.one) : undefined
  return (
    <div className="wish-map">
      <Labelled label="靠近哪个小区（可不选，也可以在图上点）">
        {(id) => (
          <Select
            id={id}
            allowClear
            placeholder={point ? '图上点的位置' : '不选'}
            value={at}
            options={compounds.map(({ name }, value) => ({ value, label: name }))}
            onChange={(chosen?: number) => {
              const one = chosen === undefined ? undefined : compounds[chosen]
              change({ point: one && { lon: one.lon, lat: one.lat } })
            }}
          />
        )}
      </Labelled>
      <PlainMap compounds={compounds} point={point} choose={(chosen) => change({ point: chosen })} />
      <p className="under" role="status">
        {point ? `标好了：${nearWords(near)}。` : '方块是小区，上北下南。'}{' '}
        {point && (
          <button type="button" className="link" onClick={() => change({ point: undefined })}>
            去掉标记
          </button>
        )}
      </p>
    </div>
  )
}
