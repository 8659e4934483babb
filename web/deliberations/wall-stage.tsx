import { useEffect, useRef, useState } from 'react'
import type { Room } from '../../shared/deliberations/room.ts'
import { WallGroups } from './wall-groups.tsx'
import { WallResult } from './wall-result.tsx'
import { endedIn, type Scene, scenesOf } from './wall-scenes.ts'
import { WallBeginning, WallStatements } from './wall-statements.tsx'
import { WallVote } from './wall-vote.tsx'

const seconds: Record<Scene['kind'], number> = { vote: 10, result: 20, groups: 25, statements: 12, empty: 60 }

/** The middle of the wall: turns its pages by itself, or by the arrow keys, and goes to what is new at once. */
export function WallStage({ room }: { room: Room }) {
  const scenes = scenesOf(room)
  const [key, setKey] = useState('')
  const at = Math.max(
    0,
    scenes.findIndex((scene) => scene.key === key),
  )
  const scene = scenes[at]!
  const turn = useRef((_by: number) => {})
  turn.current = (by) => setKey(scenes[(at + by + scenes.length) % scenes.length]!.key)

  const ended = endedIn(room)
  useChange(ended && `result ${ended.id} 0`, (result) => result && setKey(result))
  useChange(room.head.status, () => setKey('empty'))
  useChange(Math.max(0, ...room.statements.map(({ number }) => number)), () => setKey('statements 0'))

  // biome-ignore lint/correctness/useExhaustiveDependencies: every page has its own time
  useEffect(() => {
    const timer = setTimeout(() => turn.current(1), seconds[scene.kind] * 1_000)
    return () => clearTimeout(timer)
  }, [scene.key, scene.kind])
  useEffect(() => {
    const press = ({ key }: KeyboardEvent) => {
      if (key === 'ArrowRight' || key === 'PageDown') turn.current(1)
      if (key === 'ArrowLeft' || key === 'PageUp') turn.current(-1)
    }
    window.addEventListener('keydown', press)
    return () => window.removeEventListener('keydown', press)
  }, [])
  return <Shown scene={scene} room={room} />
}

/** Acts on a value that has become another since the page was opened. */
function useChange<T>(value: T, act: (value: T) => void): void {
  const before = useRef(value)
  useEffect(() => {
    if (before.current === value) return
    before.current = value
    act(value)
  })
}

function Shown({ scene, room }: { scene: Scene; room: Room }) {
  switch (scene.kind) {
    case 'vote':
      return <WallVote {...scene} />
    case 'result':
      return <WallResult {...scene} />
    case 'groups':
      return <WallGroups question={scene.question} />
    case 'statements':
      return <WallStatements {...scene} all={room.statements.length} />
    case 'empty':
      return <WallBeginning head={room.head} />
  }
}
