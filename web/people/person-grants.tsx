import { Button } from 'antd'
import { useState } from 'react'
import { changeGrants, type Person } from '../../shared/people/api.ts'
import { call } from '../api/call.ts'
import { Refusal } from '../kit/refusal.tsx'
import { usePutPerson } from './people-changed.ts'
import type { Ground } from './people-tree-nodes.ts'
import { draftOf, GrantsForm, grantsOf, reasonWithRoles } from './person-grants-form.tsx'

interface Props {
  params: { district: string; person: string }
  one: Person
  ground: Ground
}

/** Changes what a person may do, and where. */
export function PersonGrants({ params, one, ground }: Props) {
  const [drafts, setDrafts] = useState(draftOf(one.grants))
  const [said, setSaid] = useState<{ refused?: string; done?: boolean }>({})
  const [isBusy, setBusy] = useState(false)
  const put = usePutPerson(params.district)
  const save = async () => {
    const grants = grantsOf(drafts, ground)
    if (!grants) return setSaid({ refused: '请把每一行的角色和范围都选好，或去掉这一行。' })
    setBusy(true)
    try {
      put(await call(changeGrants, params, { body: { grants } }))
      setSaid({ done: true })
    } catch (error) {
      setSaid({ refused: reasonWithRoles(error) })
    }
    setBusy(false)
  }
  return (
    <section aria-label="修改角色和范围">
      <h2>修改角色和范围</h2>
      <GrantsForm
        ground={ground}
        drafts={drafts}
        change={(next) => {
          setDrafts(next)
          setSaid({})
        }}
      />
      {said.refused && <Refusal message={said.refused} />}
      <div className="actions">
        <Button type="primary" loading={isBusy} onClick={save}>
          保存角色和范围
        </Button>
        <span role="status">{said.done && '已保存，立即生效。'}</span>
      </div>
    </section>
  )
}
