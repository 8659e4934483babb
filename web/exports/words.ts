import type { Export } from '../../shared/exports/api.ts'

export const formats = [
  { value: 'xlsx', label: 'XLSX（Excel、WPS）' },
  { value: 'sav', label: 'SPSS（.sav，带中文标签）' },
  { value: 'csv', label: 'CSV（UTF-8，适合程序读取）' },
] as const

export const editions = [
  { value: 'staff', label: '工作版：带答卷份数，仅供内部' },
  { value: 'public', label: '公开版：按公布规则，可以公开' },
] as const

export function nameOf({ format, edition, excluded }: Export): string {
  if (format === 'geojson') return `各社区需求 GeoJSON（${edition === 'public' ? '公开版' : '工作版'}）`
  const kind = format === 'sav' ? 'SPSS' : format.toUpperCase()
  return `答卷微观数据 ${kind}${excluded ? '（含排除的）' : ''}`
}

export function statusWords({ status, rowsDone, rowsTotal, problem, sha256, bytes }: Export): string {
  if (status === 'waiting') return '排队中，前面的导出完成后开始'
  if (status === 'running') return rowsTotal === null ? '正在准备' : `已写${whole(rowsDone)}行，共${whole(rowsTotal)}行`
  if (status === 'failed') return problem ?? '没有成功'
  if (status === 'cancelled') return sha256 ? '文件已删除' : '已停止，没有文件'
  return `共${whole(rowsTotal ?? rowsDone)}行，${sizeOf(bytes ?? 0)}`
}

const whole = (n: number): string => n.toLocaleString('zh-CN')

function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1_000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

const clock = new Intl.DateTimeFormat('zh-CN', {
  timeZone: 'Asia/Shanghai',
  ...({ month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit', hour12: false } as const),
})

export const timeOf = (at: string): string => clock.format(new Date(at))
