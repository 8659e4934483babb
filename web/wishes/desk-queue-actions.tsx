import { Button, Select } from 'antd'
import { useId } from 'react'
import type { DeskWish } from '../../shared/wishes/desk-api.ts'
import type { Services } from './desk-queue.tsx'

interface Props {
  wish: DeskWish
  services: Services
  service: string | null
  setService(code: string | null): void
  busy: boolean
  /** Whether something marked still stands in the text. */
  isMarked: boolean
  does: Record<'approve' | 'mask' | 'edit' | 'return' | 'reject' | 'merge', () => void>
}

/** What can be done with a wish that waits. */
export function QueueActions({ wish, services, service, setService, busy, isMarked, does }: Props) {
  const field = useId()
  return (
    <>
      {wish.kind === 'place' && (
        <div className="labelled wish-service">
          <label htmlFor={field}>说的是哪一项服务（选了才会列入需求总表）</label>
          <Select
            id={field}
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            placeholder="不选：只上心愿墙"
            value={service ?? undefined}
            options={services.map(({ code, name }) => ({ value: code, label: name }))}
            onChange={(code?: string) => setService(code ?? null)}
          />
        </div>
      )}
      <div className="actions">
        <Button type="primary" disabled={busy} onClick={does.approve}>
          通过（A）
        </Button>
        {isMarked && (
          <Button disabled={busy} onClick={does.mask}>
            遮去标出的（X）
          </Button>
        )}
        <Button disabled={busy} onClick={does.edit}>
          改文字（E）
        </Button>
        <Button disabled={busy} onClick={does.return}>
          请修改（C）
        </Button>
        <Button danger disabled={busy} onClick={does.reject}>
          不通过（R）
        </Button>
        <Button disabled={busy} onClick={does.merge}>
          并入（M）
        </Button>
      </div>
    </>
  )
}
