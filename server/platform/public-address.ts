/** Printed where a code would lead nobody anywhere. */
export const NOT_TO_BE_HUNG = '试印样张：二维码只在服务器本机能打开，请先设置对外网址（PUBLIC_URL）再印'

/** No phone reaches the machine itself by this name. */
export function isHere(base: string): boolean {
  const { hostname } = new URL(base)
  return hostname === 'localhost' || hostname === '[::1]' || hostname === '0.0.0.0' || hostname.startsWith('127.')
}
