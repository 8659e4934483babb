import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { exportFigures, exportMicrodata, isUnderWay, KEPT_HOURS, listExports } from '../../shared/exports/api.ts'
import type { District } from '../../shared/places/api.ts'
import { addressOf } from '../api/call.ts'
import { useAnswer } from '../api/use-answer.ts'
import { usePermitted } from '../kit/permitted.tsx'
import { Screen } from '../kit/screen-face.tsx'
import { ExportForm } from './export-form.tsx'
import { ExportList } from './export-list.tsx'
import './exports.css'

const LOOK_MS = 1_000

/** Takes answers and figures of a survey home as files. */
export default function ExportsPage({ district, survey }: { district: District; survey: { survey: string } }) {
  const params = { district: district.code, survey: survey.survey }
  const { may } = usePermitted()
  const queries = useQueryClient()
  const seen = useAnswer(listExports, params)
  const again = () => void queries.invalidateQueries({ queryKey: [addressOf(listExports, params)] })
  const isWaiting = seen.face === 'ready' && seen.data.some(isUnderWay)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `again` is made anew on every render and always means the same
  useEffect(() => {
    if (!isWaiting) return
    const ticking = setInterval(again, LOOK_MS)
    return () => clearInterval(ticking)
  }, [isWaiting, params.district, params.survey])
  return (
    <>
      <h1>导出</h1>
      <p className="note">
        文件在后台生成，可以离开本页；生成后保留{KEPT_HOURS}
        小时，只有自己和管理员能下载。每次导出和下载都会连同用途记入审计。
      </p>
      <ExportForm params={params} microdata={may(exportMicrodata)} figures={may(exportFigures)} done={again} />
      <h2>生成的文件</h2>
      <Screen seen={seen}>{(list) => <ExportList params={params} list={list} changed={again} />}</Screen>
      <Explained />
    </>
  )
}

function Explained() {
  return (
    <section className="panel exports-words">
      <h2>文件里有什么</h2>
      <ul>
        <li>
          微观数据一份答卷一行，每一题一列，多选和矩阵每个选项或每行一列。列的编号在问卷各版本之间不变；去掉的题留着，新加的题排在后面。
        </li>
        <li>
          为了看不出是谁，社区、年龄段、性别都相同的答卷不少于 5
          份；不够的依次合并相邻年龄段、不写性别，再把社区并到街道、全区。每个文件都写明并了多少份。
        </li>
        <li>
          不含答卷编号、回执码、具体时间、设备、小区和入户编号，也不含特殊情况（独居、低保、残疾）一题；填写的文字已隐去姓名、电话、门牌等，仍请留意。
        </li>
        <li>GeoJSON 里每个社区是一个点，带各项服务的份额、95% 区间、优先度和缺口。</li>
      </ul>
      <h2>怎样核对校验值</h2>
      <p>
        每个文件里都写着行数和校验值（SHA-256），与上表相同：XLSX 在“导出说明”表，SPSS 在文件标签和文件注释，CSV
        在表头最后一格，GeoJSON 在开头的 export 里。照文件中“校验”一行写的方法重算，结果相同就说明内容没有改动。
      </p>
    </section>
  )
}
