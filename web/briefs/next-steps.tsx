import { downloadBriefs } from '../../shared/briefs/api.ts'
import { readDemandTable } from '../../shared/demand/api.ts'
import { addressOf } from '../api/call.ts'

/** What to open next from here. */
export function NextSteps({ district }: { district: string }) {
  return (
    <>
      <h2>接下来可以打开</h2>
      <ol className="next">
        <li>
          <a href={addressOf(downloadBriefs, { district })}>下载全部一社一案（ZIP）</a>
          <p>
            每个点位一份，含 DOCX、PDF、XLSX，第一次约需半分钟。也可以在终端运行{' '}
            <code>npm run briefs -- --out ./briefs</code>。
          </p>
        </li>
        <li>
          <a href={addressOf(readDemandTable, { district })}>各社区需求总表（JSON）</a>
          <p>社区 × 服务的需求率、未满足率、优先度与缺口，附区间和数据来源。</p>
        </li>
        <li>
          <a href="/openapi.json">接口说明（OpenAPI）</a>
          <p>导入社区与设施、发布问卷、提交答卷、编制方案都有接口。</p>
        </li>
      </ol>
    </>
  )
}
