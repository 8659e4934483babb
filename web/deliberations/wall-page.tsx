import type { Leaf } from './wall-scenes.ts'

/** That there is more to come, where not all fits at once. */
export function WallPage({ page, of }: Leaf) {
  if (of < 2) return null
  return (
    <span className="wall-page" role="img" aria-label={`第 ${page} 页，共 ${of} 页`}>
      {page}/{of}
    </span>
  )
}
