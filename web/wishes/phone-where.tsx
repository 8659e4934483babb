import { useId } from 'react'
import type { Point } from '../../shared/places/api.ts'
import { readWishPlaces } from '../../shared/wishes/api.ts'
import { keptCall } from '../api/kept-call.ts'
import { useCall } from '../api/use-call.ts'
import { type Named, nearest } from './map-points.ts'
import type { FieldsProps } from './phone-fields.tsx'
import { PlainMap } from './phone-map.tsx'
import { Fault } from './phone-picks.tsx'

const MOST_WORDS = 80

/** Where a place is wished for: in words, or a point near a compound. */
export function WhereFields(props: FieldsProps & { district: string; community: string }) {
  const { district, community, wanted, change, faults } = props
  const id = useId()
  return (
    <div className="card">
      <div className="field">
        <label htmlFor={id}>在哪里</label>
        <input
          id={id}
          data-field="where"
          value={wanted.words}
          maxLength={MOST_WORDS}
          placeholder="例如：菜场到地铁口这一段路"
          autoComplete="off"
          aria-describedby={`${id}-fault`}
          aria-invalid={faults.where ? true : undefined}
          onChange={(event) => change({ words: event.target.value })}
        />
        <Fault id={`${id}-fault`} text={faults.where} />
      </div>
      {community ? <OnMap {...props} /> : <p className="small">选好社区，还可以在图上点一下。</p>}
      <ServiceField district={district} {...{ wanted, change }} />
    </div>
  )
}

const placesOf = (district: string, community: string) => keptCall(readWishPlaces, { district }, { community })

function OnMap({
  district,
  community,
  wanted: { point, words },
  change,
}: FieldsProps & { district: string; community: string }) {
  const id = useId()
  const seen = useCall(() => placesOf(district, community), `${district}/${community}`)
  // Words do as well: nobody has to wait for the map.
  if (seen.face !== 'ready' || seen.data.compounds.length === 0) return null
  const { compounds } = seen.data
  const near = point && nearest(point, compounds)
  const mark = (next: Point | undefined) => {
    // What was said of the mark goes with it; what somebody wrote stays.
    const isOurs = words.trim() === '' || (point && words === nearWords(near))
    change({ point: next, ...(isOurs && { words: next ? nearWords(nearest(next, compounds)) : '' }) })
  }
  const isAt = near && near.metres < 1
  return (
    <>
      <div className="field">
        <label htmlFor={id}>靠近哪个小区（可以不选）</label>
        <select
          id={id}
          value={isAt ? String(compounds.indexOf(near.one)) : ''}
          onChange={({ target }) => mark(target.value ? pointOf(compounds[Number(target.value)]!) : undefined)}
        >
          <option value="">{point && !isAt ? '图上点的位置' : '不选'}</option>
          {compounds.map(({ name }, place) => (
            <option key={place} value={place}>
              {name}
            </option>
          ))}
        </select>
      </div>
      <p className="small">也可以在图上点一下（方块是小区，上北下南）：</p>
      <PlainMap compounds={compounds} point={point} choose={(chosen) => mark(rounded(chosen))} />
      <p className="small" role="status">
        {point ? `标好了：${nearWords(near)}。` : ''}
      </p>
      {point && (
        <button type="button" className="second" onClick={() => mark(undefined)}>
          去掉图上的标记
        </button>
      )}
    </>
  )
}

const pointOf = ({ lon, lat }: Named) => ({ lon, lat })
/** To a metre or so. */
const rounded = ({ lon, lat }: Point) => ({
  lon: Number(lon.toFixed(5)),
  lat: Number(lat.toFixed(5)),
})

/** 在和平里一区旁边，约 120 米 */
export function nearWords(near: { one: { name: string }; metres: number } | undefined): string {
  if (!near) return '在图上'
  if (near.metres < 30) return `在${near.one.name}`
  return `在${near.one.name}旁边，约 ${Math.round(near.metres / 10) * 10} 米`
}

function ServiceField({ district, wanted: { service }, change }: Omit<FieldsProps, 'faults'> & { district: string }) {
  const id = useId()
  const seen = useCall(() => keptCall(readWishPlaces, { district }), district)
  if (seen.face !== 'ready' || seen.data.services.length === 0) return null
  return (
    <div className="field">
      <label htmlFor={id}>是关于什么的（可以不选）</label>
      <select id={id} value={service} onChange={(event) => change({ service: event.target.value })}>
        <option value="">说不准</option>
        {seen.data.services.map(({ code, name }) => (
          <option key={code} value={code}>
            {name}
          </option>
        ))}
      </select>
    </div>
  )
}
