import type { PointerEvent } from 'react'
import type { Point } from '../../shared/places/api.ts'
import { useTypeSize } from '../kit/large-type.tsx'
import { labelsOn, type Named, POINT, planOf } from './map-points.ts'

const WIDTH = 358
const HEIGHT = 300
/** Names on the map, as part of the page's type. */
const LABEL = 0.9
const LEAST_PX = 18

interface Props {
  compounds: readonly Named[]
  point: Point | undefined
  /** Where somebody taps; nobody can where there is none. Whoever does not tap chooses from the list beside it. */
  choose?(point: Point): void
}

/** Compounds as points, drawn here: nothing is asked of anybody else. */
export function PlainMap({ compounds, point, choose }: Props) {
  const { px, large } = useTypeSize()
  const size = large ? Math.max(LEAST_PX, px * LABEL) : px * LABEL
  const plan = planOf([...compounds, ...(point && compounds.length === 0 ? [point] : [])], WIDTH, HEIGHT)
  const tap = ({ currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>) => {
    const { left, top, width, height } = currentTarget.getBoundingClientRect()
    choose?.(plan.pointAt(((clientX - left) / width) * WIDTH, ((clientY - top) / height) * HEIGHT))
  }
  const here = point && plan.at(point)
  return (
    <svg
      className="plain-map"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
      onPointerUp={choose && tap}
      data-can-tap={choose ? true : undefined}
    >
      {compounds.map((compound) => {
        const { x, y } = plan.at(compound)
        return (
          <rect
            key={`${compound.name} ${x} ${y}`}
            x={x - POINT}
            y={y - POINT}
            width={2 * POINT}
            height={2 * POINT}
            rx="2"
          />
        )
      })}
      {labelsOn(plan, compounds, size).map(({ name, x, y, anchor }) => (
        <text key={`${name} ${x} ${y}`} {...{ x, y }} textAnchor={anchor} dominantBaseline="central" fontSize={size}>
          {name}
        </text>
      ))}
      {here && (
        <g className="pin" transform={`translate(${here.x} ${here.y})`}>
          <path d="M0 0 L-11 -20 A13 13 0 1 1 11 -20 Z" />
          <circle cy="-27" r="5" />
        </g>
      )}
    </svg>
  )
}
