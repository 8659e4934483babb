import { Tree } from 'antd'
import type { Node } from '../../shared/people/roles.ts'
import { type Branch, type Ground, keyOf } from './people-tree-nodes.ts'

interface Props {
  branches: Branch[]
  ground: Ground
  picked: Node
  pick(node: Node): void
}

/** The part of the district that is one's own, with how many people there are at and below each node. */
export function PeopleTree({ branches, ground, picked, pick }: Props) {
  const drawn = (branch: Branch): TreeEntry => ({
    key: branch.key,
    node: branch.node,
    title: (
      <span className="branch">
        {ground.nameOf(branch.node)} <span className="count">{branch.count}人</span>
      </span>
    ),
    children: branch.children.map(drawn),
  })
  return (
    <Tree<TreeEntry>
      aria-label="区县、街道和社区"
      blockNode
      treeData={branches.map(drawn)}
      defaultExpandedKeys={branches.map(({ key }) => key)}
      selectedKeys={[keyOf(picked)]}
      onSelect={(_, { node }) => pick(node.node)}
    />
  )
}

interface TreeEntry {
  key: string
  node: Node
  title: React.ReactNode
  children: TreeEntry[]
}
