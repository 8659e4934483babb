import { Button, Progress, Table, type TableColumnsType } from 'antd'
import { useState } from 'react'
import { cancelExport, downloadExport, type Export, isUnderWay } from '../../shared/exports/api.ts'
import { call, reasonOf } from '../api/call.ts'
import { download } from '../api/download.ts'
import { Refusal } from '../kit/refusal.tsx'
import { saveFile } from '../kit/save-file.ts'
import { Scroll } from '../kit/scroll.tsx'
import { nameOf, statusWords, timeOf } from './words.ts'

interface Props {
  params: { district: string; survey: string }
  list: Export[]
  changed(): void
}

/** What was asked for, how far it is, and what each file says of itself. */
export function ExportList({ params, list, changed }: Props) {
  const [refused, setRefused] = useState<string>()
  const [busy, setBusy] = useState<string>()
  const doing = async (id: string, work: () => Promise<void>) => {
    setBusy(id)
    setRefused(undefined)
    await work().catch((error: unknown) => setRefused(reasonOf(error).message))
    setBusy(undefined)
    changed()
  }
  const stop = (id: string) =>
    doing(id, async () => {
      await call(cancelExport, { ...params, export: id })
    })
  const take = (id: string) =>
    doing(id, async () => {
      const { name, blob } = await download(downloadExport, { ...params, export: id })
      saveFile(name, blob)
    })
  if (list.length === 0) return <p>还没有导出过。请在上面选好内容和格式，写明用途，再点“开始导出”。</p>
  const columns: TableColumnsType<Export> = [
    { title: '内容', key: 'name', render: (_, one) => nameOf(one) },
    {
      title: '开始时间',
      key: 'at',
      render: (_, one) => timeOf(one.createdAt),
      sorter: (a, b) => a.createdAt.localeCompare(b.createdAt),
    },
    { title: '进度', key: 'status', render: (_, one) => <Status one={one} /> },
    {
      title: '操作',
      key: 'do',
      render: (_, one) => (
        <span className="actions">
          {one.status === 'done' && (
            <Button
              size="small"
              type="primary"
              aria-label={`下载 ${nameOf(one)}`}
              loading={busy === one.id}
              onClick={() => void take(one.id)}
            >
              下载
            </Button>
          )}
          {(isUnderWay(one) || one.status === 'done') && (
            <Button
              size="small"
              aria-label={`${isUnderWay(one) ? '停止' : '删除'} ${nameOf(one)}`}
              disabled={busy === one.id}
              onClick={() => void stop(one.id)}
            >
              {isUnderWay(one) ? '停止' : '删除'}
            </Button>
          )}
        </span>
      ),
    },
  ]
  return (
    <>
      {refused && <Refusal message={refused} />}
      <Scroll label="生成的文件">
        <Table<Export>
          size="small"
          rowKey="id"
          columns={columns}
          dataSource={list}
          pagination={false}
          expandable={{
            rowExpandable: ({ status }) => status === 'done',
            expandedRowRender: (one) => <About one={one} />,
          }}
        />
      </Scroll>
    </>
  )
}

function Status({ one }: { one: Export }) {
  const share = one.rowsTotal ? Math.floor((100 * one.rowsDone) / one.rowsTotal) : 0
  return (
    <div className="exports-status">
      {isUnderWay(one) && <Progress percent={share} size="small" aria-label={`${nameOf(one)}的进度`} />}
      <span role={isUnderWay(one) ? 'status' : undefined}>{statusWords(one)}</span>
      {one.status === 'done' && <span className="note">保留到{timeOf(one.expiresAt)}</span>}
    </div>
  )
}

function About({ one }: { one: Export }) {
  return (
    <div className="exports-about">
      <p>
        校验值（SHA-256）：<code>{one.sha256}</code>
      </p>
      <ul>
        {one.about.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}
