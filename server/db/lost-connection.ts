/** Whether the database went away or is not back yet, so that the same statement may succeed in a moment. */
export function isConnectionLost(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  if (code) return /^(08|57P|53[23]|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT)/.test(code)
  return /^(Connection terminated|timeout exceeded|Query read timeout|Client has encountered)/.test(message ?? '')
}
