/** A day as people say it: 12月6日. @param day YYYY-MM-DD */
export function monthAndDay(day: string): string {
  const [, month, date] = day.split('-').map(Number)
  return `${month}月${date}日`
}
