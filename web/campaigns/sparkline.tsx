import { dayWords } from './words.ts'

const WIDTH = 6
const GAP = 1
const HEIGHT = 24

interface Props {
  days: string[]
  counts: number[]
}

/** Answers by day as small bars; said in words to whoever cannot see them. */
export function Sparkline({ days, counts }: Props) {
  const most = Math.max(...counts)
  const at = counts.indexOf(most)
  const sum = counts.reduce((all, n) => all + n, 0)
  const peak = most > 0 ? `，最多的一天是${dayWords(days[at]!)}，${most}份` : ''
  const label = `最近${days.length}天共${sum}份${peak}`
  return (
    <svg
      className="sparkline"
      role="img"
      aria-label={label}
      width={days.length * (WIDTH + GAP)}
      height={HEIGHT}
      viewBox={`0 0 ${days.length * (WIDTH + GAP)} ${HEIGHT}`}
    >
      <title>{label}</title>
      {counts.map((n, place) => {
        const height = most > 0 ? Math.max(n > 0 ? 2 : 1, (n / most) * HEIGHT) : 1
        const x = place * (WIDTH + GAP)
        return <rect key={days[place]} x={x} y={HEIGHT - height} width={WIDTH} height={height} data-none={n === 0} />
      })}
    </svg>
  )
}
