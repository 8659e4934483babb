const systems: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/i, '鸿蒙'],
  [/Android/i, '安卓手机或平板'],
  [/iPhone/i, 'iPhone'],
  [/iPad/i, 'iPad'],
  [/Windows/i, 'Windows 电脑'],
  [/Macintosh|Mac OS/i, '苹果电脑'],
  [/Linux/i, 'Linux 电脑'],
]

/** The first that fits: most browsers also call themselves Chrome and Safari. */
const browsers: [RegExp, string][] = [
  [/MicroMessenger/i, '微信'],
  [/Edg/i, 'Edge'],
  [/Firefox/i, 'Firefox'],
  [/QQBrowser/i, 'QQ 浏览器'],
  [/360/i, '360 浏览器'],
  [/Chrome/i, 'Chrome'],
  [/Safari/i, 'Safari'],
]

const nameIn = (names: [RegExp, string][], text: string) => names.find(([sign]) => sign.test(text))?.[1]

/** What a browser says of itself, in words for people; what is not known is shown as it is. */
export function deviceWords(device: string | null): string {
  if (!device) return '没有说明的设备'
  const words = [nameIn(systems, device), nameIn(browsers, device)].filter(Boolean)
  return words.length > 0 ? words.join('，') : device.slice(0, 40)
}
