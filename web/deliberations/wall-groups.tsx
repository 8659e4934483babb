import type { OpinionGroups, RoomQuestion } from '../../shared/deliberations/room.ts'
import { textOf } from '../../shared/deliberations/words.ts'
import { TableTwin } from './wall-table.tsx'

const names = ['甲组', '乙组', '丙组', '丁组', '戊组']
/** So many groups leave room for one line each. */
const MANY = 4
const SIDE = 100

/** Who stands near whom, and what each group is known by. Only there where the groups may be shown. */
export function WallGroups({ question }: { question: RoomQuestion }) {
  const { outcome, options, title } = question
  if (outcome?.kind !== 'opinion' || !outcome.groups) return null
  const { groups } = outcome.groups
  const shownEach = groups.length > 2 ? 1 : 2
  const said = ({ option, agrees, share }: OpinionGroups['groups'][number]['representative'][number]) =>
    `${Math.round(100 * share)}%${agrees ? '赞成' : '反对'}“${textOf(options, option)}”`
  return (
    <section aria-label="看法相近的几组">
      <p className="wall-tag">看法相近的分成 {groups.length} 组</p>
      <h2>{title}</h2>
      <div className={groups.length < MANY ? 'wall-groups' : 'wall-groups many'}>
        <Points groups={outcome.groups} />
        <ul>
          {groups.map(({ size, representative }, group) => (
            <li key={group} className={`wall-group-${group}`}>
              <p>
                <strong>
                  {names[group]} {size} 人
                </strong>
              </p>
              {representative.slice(0, shownEach).map((one) => (
                <p key={one.option}>{said(one)}</p>
              ))}
            </li>
          ))}
        </ul>
      </div>
      <TableTwin
        caption="看法相近的几组"
        head={['组', '人数', '这一组的看法']}
        rows={groups.map(({ size, representative }, group) => [
          ...[names[group] ?? '', String(size), representative.map(said).join('；')],
        ])}
      />
    </section>
  )
}

function Points({ groups: { points } }: { groups: OpinionGroups }) {
  const far = Math.max(0.001, ...points.flatMap(([x, y]) => [Math.abs(x), Math.abs(y)]))
  const place = (value: number) => SIDE / 2 + (value / far) * (SIDE / 2 - 4)
  return (
    <svg className="wall-points" viewBox={`0 0 ${SIDE} ${SIDE}`} aria-hidden="true">
      {points.map(([x, y, group], at) => (
        <g key={at} className={`wall-group-${group}`} transform={`translate(${place(x)} ${place(-y)})`}>
          <path d={shapes[group % shapes.length]} />
        </g>
      ))}
    </svg>
  )
}

/** Colours alone are not told apart by everybody. */
const shapes = [
  'M-1.6 0a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0z',
  'M-1.5 -1.5h3v3h-3z',
  'M0 -1.9L1.8 1.4H-1.8z',
  'M0 -2L2 0L0 2L-2 0z',
  'M-1.8 -0.5h3.6v1h-3.6zM-0.5 -1.8h1v3.6h-1z',
]
