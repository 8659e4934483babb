/** Said where the browser keeps nothing: private windows, full phones. */
export function Volatile() {
  return (
    <p className="hint" role="status">
      这部手机现在存不下内容：可以照常填写，但请一次填完交卷，中途不要关掉这一页。
    </p>
  )
}
