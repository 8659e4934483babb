import { ZipDownload } from './zip-download.tsx'

/** What to open next from here; without an account there may be nothing to take home yet. */
export function NextSteps({ district, isIn }: { district: string; isIn: boolean }) {
  return (
    <>
      <h2>接下来可以打开</h2>
      <ol className="next">
        <li>
          <a href={`/desk?district=${district}`}>工作台：各社区需求总表</a>
          <p>
            {!isIn && '用自己的账号登录。'}
            比较各社区的答卷、最优先的服务和未满足率；点进社区看需求、设施、缺口与点位，阅读和下载一社一案。
          </p>
        </li>
        <li>
          <a href={`/desk/surveys?district=${district}`}>工作台：问卷</a>
          <p>
            {!isIn && '用自己的账号登录。'}
            办一次调查：建问卷、发布、印入户单、看进度、复核答卷、读开放意见、导出、开下一轮。每一步怎么做，见
            <a href="/desk/help">工作台使用帮助</a>。
          </p>
        </li>
        {isIn && (
          <li>
            <ZipDownload district={district} />
            <p>
              每个点位一份，含 DOCX、PDF、XLSX，第一次约需半分钟。也可以在终端运行{' '}
              <code>npm run briefs -- --out ./briefs</code>。
            </p>
          </li>
        )}
        <li>
          <a href="/help">使用帮助</a>
          <p>居民怎样填问卷、怎样撤回；工作人员怎样看数据、编制和下载方案。</p>
        </li>
        <li>
          <a href="/openapi.json">接口说明（OpenAPI）</a>
          <p>导入社区与设施、发布问卷、提交答卷、编制方案都有接口。</p>
        </li>
      </ol>
    </>
  )
}
