import { Button } from 'antd'
import { useMemo, useState } from 'react'
import { importPeople, listPeople, type Me, type Person } from '../../shared/people/api.ts'
import { mayMake } from '../../shared/people/permissions.ts'
import { type District, listCommunities } from '../../shared/places/api.ts'
import { together, useAnswer } from '../api/use-answer.ts'
import { Screen } from '../kit/screen-face.tsx'
import { ImportDrawer } from './import-drawer.tsx'
import { everybody, narrowed } from './people-narrowed.ts'
import { PeopleSearch } from './people-search.tsx'
import { PeopleTable } from './people-table.tsx'
import { PeopleTree } from './people-tree.tsx'
import { branchesOf, groundOf, keyOf, type Places } from './people-tree-nodes.ts'
import { PersonDrawer } from './person-drawer.tsx'
import { NewPersonDrawer } from './person-new.tsx'
import { SlipsInHand } from './slips-in-hand.tsx'
import './people.css'

interface Props {
  district: District
  me: Me
}

/** Who works with the platform in one's part of the district, and what they may do. */
export default function PeoplePage({ district, me }: Props) {
  const params = { district: district.code }
  const seen = together<{ people: Person[]; places: Places }>({
    people: useAnswer(listPeople, params),
    places: useAnswer(listCommunities, params),
  })
  return (
    <>
      <h1>人员</h1>
      <Screen seen={seen}>{(data) => <People district={district} me={me} {...data} />}</Screen>
    </>
  )
}

type Opened = { what: 'person'; id: string } | { what: 'new' } | { what: 'import' } | undefined

function People({ district, me, people, places }: Props & { people: Person[]; places: Places }) {
  const ground = useMemo(() => groundOf(me.grants, district, places), [me, district, places])
  const branches = useMemo(() => branchesOf(ground, people), [ground, people])
  const [chosen, choose] = useState(branches[0]?.node)
  const [narrowing, narrow] = useState(everybody)
  const [opened, open] = useState<Opened>()
  const mayManage = mayMake(importPeople, me.grants)
  if (!chosen) return <p>您负责的范围里还没有街道或社区，请先请管理员导入。</p>
  const found = narrowed(people, chosen, narrowing, ground.subdistrictOf)
  const close = () => open(undefined)
  return (
    <>
      <p className="under">
        {mayManage
          ? '您看到的是归您管理的人。每人只能看到和办理自己角色范围内的事；您的查看和修改都会记入审计。'
          : '您可以查看全区人员，不能修改。您的查看会记入审计。'}
      </p>
      <SlipsInHand me={me} />
      {mayManage && (
        <div className="actions">
          <Button type="primary" onClick={() => open({ what: 'new' })}>
            添加人员
          </Button>
          <Button onClick={() => open({ what: 'import' })}>从表格导入</Button>
        </div>
      )}
      <div className="people">
        <nav aria-label="范围" className="panel">
          <PeopleTree branches={branches} ground={ground} picked={chosen} pick={choose} />
        </nav>
        <section aria-label={`${ground.nameOf(chosen)}的人员`} key={keyOf(chosen)}>
          <h2>{ground.nameOf(chosen)}</h2>
          <PeopleSearch
            narrowing={narrowing}
            change={(part) => narrow({ ...narrowing, ...part })}
            found={found.length}
          />
          <PeopleTable people={found} nameOf={ground.nameOf} open={(id) => open({ what: 'person', id })} />
        </section>
      </div>
      <PersonDrawer
        {...{ district, me, ground, close }}
        one={opened?.what === 'person' ? people.find(({ id }) => id === opened.id) : undefined}
      />
      <NewPersonDrawer {...{ district, me, ground, close }} isOpen={opened?.what === 'new'} />
      <ImportDrawer {...{ district, me, close }} isOpen={opened?.what === 'import'} />
    </>
  )
}
