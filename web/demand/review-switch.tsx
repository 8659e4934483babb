import { Segmented } from 'antd'
import { useKept } from '../kit/kept.ts'

export type ReviewShown = 'kept' | 'all'

/** Whether excluded answers are counted in; remembered for all pages of a district. */
export function useReviewShown(district: string): [ReviewShown, (review: ReviewShown) => void] {
  const [kept, keep] = useKept<{ shown: ReviewShown }>(`review.${district}`, { shown: 'kept' })
  return [kept.shown === 'all' ? 'all' : 'kept', (shown) => keep({ shown })]
}

interface Props {
  shown: ReviewShown
  /** How many answers were excluded. */
  excluded: number
  change(review: ReviewShown): void
}

/** Reads every figure without or with what a person excluded; nothing to choose where nobody excluded anything. */
export function ReviewSwitch({ shown, excluded, change }: Props) {
  if (excluded === 0) return null
  return (
    <div className="review-switch">
      <Segmented<ReviewShown>
        aria-label="是否计入已排除的答卷"
        value={shown}
        onChange={change}
        options={[
          { value: 'kept', label: '不含已排除答卷' },
          { value: 'all', label: '含已排除答卷' },
        ]}
      />
      <span role="status">
        {shown === 'kept' ? `下面的数字不含复核时排除的${excluded}份。` : `下面的数字含复核时排除的${excluded}份。`}
        {shown === 'all' && '公开版始终不含。'}
      </span>
    </div>
  )
}
