import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { chartHeight } from '../../shared/charts/config.ts'
import type { Chart } from '../../shared/document.ts'
import { chartPng, chineseFont, drawChart } from './draw-chart.ts'
import { saveFile } from './save-file.ts'
import { Scroll } from './scroll.tsx'

interface Props {
  caption: string
  chart: Chart
  note?: ReactNode
  /** The same numbers as a table, where the screen has figures for them; otherwise they are read out of the chart. */
  table?: ReactNode
}

/** A chart, the same numbers as a table for whoever cannot see it, and a picture of it to take away. */
export function ChartFigure({ caption, chart, note, table }: Props) {
  const [frame, width] = useWidth()
  const canvas = useRef<HTMLCanvasElement>(null)
  const [shown, setShown] = useState(false)
  const id = useId()
  const height = chartHeight(chart, width)
  useEffect(() => {
    if (!canvas.current || width === 0) return
    const options = { font: chineseFont(), width, height }
    return drawChart(canvas.current, chart, options, Math.max(1, window.devicePixelRatio))
  }, [chart, width, height])
  const save = async () => {
    const wide = 960
    const options = { font: chineseFont(), width: wide, height: chartHeight(chart, wide) }
    const png = await chartPng(chart, options)
    if (png) saveFile(`${caption}.png`, png)
  }
  return (
    <figure className="chart">
      <figcaption>{caption}</figcaption>
      <div ref={frame} className="canvas">
        <canvas ref={canvas} role="img" aria-label={`${caption}（图，数字见下方表格）`} />
      </div>
      {note && <p className="note">{note}</p>}
      <div className="actions">
        <button
          type="button"
          className="small"
          aria-expanded={shown}
          aria-controls={id}
          onClick={() => setShown(!shown)}
        >
          {shown ? '收起表格' : '看数字表格'}
        </button>
        <button type="button" className="small" onClick={save}>
          下载图片（PNG）
        </button>
      </div>
      <div id={id} hidden={!shown}>
        {shown && (
          <Scroll label={`${caption}（表格）`}>{table ?? <ChartTable caption={caption} chart={chart} />}</Scroll>
        )}
      </div>
    </figure>
  )
}

/** Wider, bars only grow taller and further apart. */
const widest = 760

/** The width there is, followed as the window changes. */
function useWidth() {
  const frame = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  useEffect(() => {
    if (!frame.current) return
    const watch = new ResizeObserver(([entry]) => setWidth(Math.min(widest, Math.floor(entry!.contentRect.width))))
    watch.observe(frame.current)
    return () => watch.disconnect()
  }, [])
  return [frame, width] as const
}

function ChartTable({ caption, chart }: { caption: string; chart: Chart }) {
  return (
    <table className="plain">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">项目</th>
          {chart.series.map(({ name }) => (
            <th key={name} scope="col" className="number">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {chart.labels.map((label, i) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            {chart.series.map((series) => (
              <td key={series.name} className="number">
                {withEnds(chart.unit, series.values[i], series.low?.[i], series.high?.[i])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function withEnds(unit: Chart['unit'], value?: number | null, low?: number | null, high?: number | null): string {
  const text = (one: number) => (unit === 'share' ? `${(one * 100).toFixed(1)}%` : one.toFixed(0))
  if (value == null) return '无数据'
  return low == null || high == null ? text(value) : `${text(value)}（${text(low)}–${text(high)}）`
}
