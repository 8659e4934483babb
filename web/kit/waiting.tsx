export function Waiting() {
  return (
    <p className="waiting" role="status">
      正在打开，请稍候……
    </p>
  )
}
